import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { type Block, blocksOf, proseOf, readDocuments, root } from './documents.ts';

const documents = readDocuments();
const scripts: Record<string, string> = packageJson.scripts;

/** A command that a document shows and this test cannot run, for the reason that stands there. */
const mark = /^\s*<!-- not run by a test: .+ -->$/;

/** Commands that are quick and change nothing: they are run here. */
const runHere = ['npm run admin -- --help'];

/** Commands that are run elsewhere on the way through `npm test`, and where. */
const runElsewhere: Record<string, string> = {
  'npm ci && npm start': 'userhero-side/test/start.test.ts',
  'npm ci && npm test': '.ci/run',
  'npm test': '.ci/run',
  'npx node jira-sandbox/src/main.ts': 'userhero-side/test/start.test.ts',
};

/** `npm test` is the check and every test, so a script that it names and a part of the tests are run by it. */
function isPartOfTest(command: string): boolean {
  const [, script = ''] = /^npm run ([\w:-]+)$/.exec(command) ?? [];
  if (script) return scripts.test?.includes(`npm run ${script}`) || /^vitest run/.test(scripts[script] ?? '');
  const [, wanted] = /^npx vitest run (.+)$/.exec(command) ?? [];
  if (!wanted) return false;
  const [, project] = /^--project (\w+)$/.exec(wanted) ?? [];
  if (project) return readFileSync(join(root, 'vitest.config.ts'), 'utf8').includes(`name: '${project}'`);
  return wanted.split(' ').every((file) => /\.test\.tsx?$/.test(file) && existsSync(join(root, file)));
}

const blocks = documents.flatMap(blocksOf);
const commandsOf = (block: Block): string[] => block.lines.map((line) => line.trim()).filter(Boolean);

describe('the commands of the documents', () => {
  it('stand in blocks that say so: every fence names its language', () => {
    const nameless = blocks.filter(({ language }) => language === '');
    expect(nameless.map(({ path, line }) => `${path}:${line}`)).toEqual([]);
  });

  it('are run by a test, or carry a mark that says why not', () => {
    const unknown = blocks
      .filter(({ language, before }) => language === 'sh' && !mark.test(before))
      .flatMap((block) =>
        commandsOf(block).map((command) => ({ at: `${block.path}:${block.line}`, command })),
      )
      .filter(
        ({ command }) => !(runHere.includes(command) || command in runElsewhere || isPartOfTest(command)),
      );
    expect(unknown).toEqual([]);
    expect(Object.values(runElsewhere).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('start scripts that are there, wherever a sentence names one', () => {
    const missing = documents.flatMap((document) =>
      proseOf(document).flatMap(({ line, text }) =>
        [...text.matchAll(/npm run ([\w:-]+)/g)]
          .filter(([, name = '']) => !(name in scripts) && !text.includes('check:…'))
          .map(([command]) => `${document.path}:${line} ${command}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('that need an Atlassian account stand below a mark', () => {
    const bare = documents
      .filter((document) => proseOf(document).some(({ text }) => /^\|.*`forge (login|deploy)/.test(text)))
      .filter((document) => !document.lines.some((line) => mark.test(line)));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it.each(runHere)('%s ends well', async (command) => {
    const ran = await promisify(execFile)('sh', ['-c', command], { cwd: root });
    expect(ran.stdout).not.toBe('');
  });
});
