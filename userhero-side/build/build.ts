import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/*
 * Builds what the service needs besides its sources: Prisma's client and the pages. Each part is skipped when
 * nothing it is made from has changed, so that a second start costs nothing.
 */

const workspace = join(import.meta.dirname, '..');
const shared = join(workspace, '../shared/src');
const require = createRequire(import.meta.url);

type Part = { name: string; inputs: string[]; output: string; run: () => void };

const parts: Part[] = [
  {
    name: 'database client',
    inputs: [
      join(workspace, 'prisma/schema.prisma'),
      join(workspace, 'prisma.config.ts'),
      require.resolve('prisma/package.json'),
    ],
    output: join(workspace, 'src/store/generated'),
    // Prisma looks for its native engine before it generates, and would download it; any existing file will do.
    run: () =>
      runTool('prisma/build/index.js', ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
  },
  {
    name: 'pages',
    inputs: [join(workspace, 'web'), shared, join(workspace, 'package.json')],
    output: join(workspace, 'web/dist'),
    run: () =>
      runTool('vite/bin/vite.js', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], {}),
  },
];

for (const part of parts) {
  const stampFile = join(workspace, '.cache', `${part.name.replaceAll(' ', '-')}.hash`);
  const stamp = hashOf(part.inputs, part.output);
  if (existsSync(part.output) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
  console.log(`building the ${part.name} …`);
  part.run();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function runTool(script: string, args: string[], environment: Record<string, string>): void {
  const [packageName = ''] = script.split('/');
  const file = join(
    dirname(require.resolve(`${packageName}/package.json`)),
    script.slice(packageName.length),
  );
  const { status } = spawnSync(process.execPath, [file, ...args], {
    cwd: workspace,
    env: { ...process.env, ...environment, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

function hashOf(inputs: readonly string[], output: string): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(input, output)))
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(path: string, output: string): string[] {
  if (path === output || path.endsWith('node_modules')) return [];
  if (!existsSync(path)) return [];
  const entries = readdirSafe(path);
  return entries === null ? [path] : entries.sort().flatMap((entry) => filesIn(join(path, entry), output));
}

function readdirSafe(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null;
    throw error;
  }
}
