import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const source = join(import.meta.dirname, 'src');
const dist = join(import.meta.dirname, 'dist');

/** Builds what `forge deploy` uploads: one bundle for the functions and a folder for each UI Kit resource. */
export async function buildForgeApp(): Promise<void> {
  await Promise.all([buildFunctions(), buildResource('page'), buildResource('panel')]);
}

/** `.cjs`, since Forge's runtime requires handlers and this workspace is ESM. */
async function buildFunctions(): Promise<void> {
  await bundle({
    entryPoints: [join(source, 'functions/index.ts')],
    outfile: join(dist, 'index.cjs'),
    platform: 'node',
    target: 'node24',
    format: 'cjs',
  });
}

async function buildResource(name: 'page' | 'panel'): Promise<void> {
  const folder = join(dist, name);
  await writeChanged(join(folder, 'index.html'), Buffer.from(frame));
  await bundle({
    entryPoints: [join(source, name, 'main.tsx')],
    outfile: join(folder, 'main.js'),
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}

async function bundle(options: BuildOptions): Promise<void> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    minify: true,
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [zodByParts],
  });
  for (const file of outputFiles) await writeChanged(file.path, file.contents);
}

/** Somebody may be running the bundle that is there: it is replaced whole, and only by another one. */
async function writeChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => null);
  if (present?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const complete = `${path}.${process.pid}`;
  await writeFile(complete, contents);
  await rename(complete, path);
}

/**
 * `import { z }` keeps all of zod, `import * as z` keeps what is used: 82 kB instead of 455 in the page, whose
 * checks are the service's own (zod's documentation, "Bundle size"). The sources keep the form people write.
 */
const zodByParts: Plugin = {
  name: 'zod-by-parts',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]shared[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return {
        contents: text.replace("import { z } from 'zod';", "import * as z from 'zod';"),
        loader: 'ts',
      };
    });
  },
};

// A UI Kit resource is an index.html that loads its bundle in the body (Forge's own bundler writes the same).
const frame = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>UserHero</title>
  </head>
  <body>
    <script src="main.js"></script>
  </body>
</html>
`;

if (import.meta.main) await buildForgeApp();
