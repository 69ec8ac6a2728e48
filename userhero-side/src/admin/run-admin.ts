import type { Problem } from '../outcome.ts';
import { checkJira } from './check-jira.ts';
import type { Command } from './command.ts';
import { createOwner } from './create-owner.ts';
import { createProject } from './create-project.ts';
import { endSessions } from './end-sessions.ts';
import { openDatabase } from './open-database.ts';
import { helpText, readArguments } from './read-arguments.ts';
import { readInput } from './read-input.ts';
import { setPlan } from './set-plan.ts';

const commands: readonly Command[] = [createOwner, createProject, setPlan, endSessions, checkJira];

/** Where a command's lines go: what was asked for, and what is said beside it. */
type Terminal = { print(line: string): void; note(line: string): void; stdin: NodeJS.ReadStream };

/**
 * Runs one command of `npm run admin`.
 *
 * @returns the exit code: 0 done, 1 refused or something is missing, 2 the command line cannot be read
 */
export async function runAdmin(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  const read = readArguments(commands, words);
  if (read.kind === 'help') {
    for (const line of helpText(commands, read.command)) terminal.print(line);
    return 0;
  }
  if (read.kind === 'wrong') {
    terminal.note(read.sentence);
    terminal.note(`See npm run admin -- ${read.command ? `${read.command.name} ` : ''}--help`);
    return 2;
  }
  const opened = await openDatabase(environment, terminal.note);
  if (!opened.ok) return tell(terminal, opened.problem);
  try {
    const ports = {
      database: opened.value.database,
      environment,
      readInput: (waits: boolean) => readInput(terminal.stdin, waits),
      now: () => new Date(),
    };
    const outcome = await read.command.run(ports, read.given);
    if (!outcome.ok) return tell(terminal, outcome.problem);
    for (const line of outcome.value.lines) terminal.print(line);
    return outcome.value.ok ? 0 : 1;
  } finally {
    await opened.value.close();
  }
}

function tell(terminal: Terminal, problem: Problem): number {
  terminal.note([problem.detail, problem.remedy].filter(Boolean).join(' '));
  return 1;
}
