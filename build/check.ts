import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };

/*
 * `npm run check`: builds what is out of date, then runs every script of package.json that is called `check:…`, as
 * many at once as there are cores, in the order in which they stand there: longest first, so that none ends alone.
 * Each says its seconds; what a tool has to say is printed whole, and only when it fails.
 */

const root = resolve(import.meta.dirname, '..');
const checks = Object.keys(packageJson.scripts).filter((name) => name.startsWith('check:'));

// The types need the generated database client.
process.exitCode = (await runAll(['build'])) && (await runAll(checks)) ? 0 : 1;

/** Runs these scripts, some at once; answers whether every one passed. */
async function runAll(names: readonly string[]): Promise<boolean> {
  const waiting = [...names];
  let passed = true;
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const startedAt = performance.now();
      const { ok, output } = await runScript(name);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${ok ? '✓' : '✗'} ${name} ${seconds} s`);
      if (!ok) console.log(output);
      passed &&= ok;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return passed;
}

/** Runs one script of package.json as `npm run` does, without npm's own start. */
function runScript(name: string): Promise<{ ok: boolean; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--run', name], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => done({ ok: false, output: error.message }));
    child.once('close', (code) => done({ ok: code === 0, output: output.trimEnd() }));
  });
}
