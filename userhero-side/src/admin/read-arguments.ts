import type { Command, Given } from './command.ts';

/** What the command line asks for, or why it cannot be read. */
export type ReadArguments =
  | { kind: 'help'; command: Command | null }
  | { kind: 'run'; command: Command; given: Given }
  | { kind: 'wrong'; sentence: string; command: Command | null };

/**
 * Reads `name --option value …`. Whatever is unknown, missing, doubled or left over is named, so that a typing error
 * never does something else than was meant.
 */
export function readArguments(commands: readonly Command[], words: readonly string[]): ReadArguments {
  const [name, ...rest] = words;
  if (name === undefined || isHelp(name) || name === 'help') {
    return { kind: 'help', command: commands.find((one) => one.name === rest[0]) ?? null };
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const known = commands.map((one) => one.name).join(', ');
    return {
      kind: 'wrong',
      sentence: `There is no command "${name}". The commands are ${known}.`,
      command: null,
    };
  }
  if (rest.some(isHelp)) return { kind: 'help', command };
  const read = readOptions(command, rest);
  return typeof read === 'string'
    ? { kind: 'wrong', sentence: read, command }
    : { kind: 'run', command, given: read };
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h';

function readOptions(command: Command, words: readonly string[]): Given | string {
  const given: Record<string, string> = {};
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (!word.startsWith('--')) return `"${word}" stands alone. Every value follows its option.`;
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    if (!option) return `${command.name} has no option "--${name}".`;
    if (name in given) return `--${name} is given twice.`;
    if (option.flag) {
      if (equals >= 0) return `--${name} takes no value.`;
      given[name] = '';
      continue;
    }
    const value = (equals < 0 ? left.shift() : word.slice(equals + 1))?.trim();
    if (value === undefined || value === '' || (equals < 0 && value.startsWith('--'))) {
      return `--${name} needs a value: ${option.about}.`;
    }
    given[name] = value;
  }
  const missing = Object.entries(command.options).filter(
    ([name, { required }]) => required && !(name in given),
  );
  return missing.length === 0
    ? given
    : `${command.name} needs ${missing.map(([name]) => `--${name}`).join(', ')}.`;
}

/** The help of one command, or of all. */
export function helpText(commands: readonly Command[], command: Command | null): string[] {
  if (command) {
    const width = Math.max(...Object.keys(command.options).map((name) => name.length));
    return [
      `npm run admin -- ${command.name} ${usage(command)}`,
      '',
      command.about,
      '',
      ...Object.entries(command.options).map(
        ([name, { about, required, flag }]) =>
          `  --${name.padEnd(width)}  ${about}${required || flag ? '' : ' (may be left out)'}`,
      ),
    ];
  }
  return [
    'npm run admin -- COMMAND OPTIONS',
    '',
    'What an operator does without SQL. The database is the one that DATABASE_URL names, or the embedded one in',
    'USERHERO_DATA_DIR.',
    '',
    ...commands.flatMap((one) => [`  ${one.name} ${usage(one)}`, `      ${one.about.split('\n')[0]}`]),
    '',
    'npm run admin -- COMMAND --help tells the rest.',
  ];
}

function usage({ options }: Command): string {
  return Object.entries(options)
    .map(([name, { required, flag }]) => {
      const text = flag ? `--${name}` : `--${name} ${name.toUpperCase()}`;
      return required ? text : `[${text}]`;
    })
    .join(' ');
}
