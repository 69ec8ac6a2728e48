import { basename, join } from 'node:path';

/** The renderer's files by the name that the browser asks for. */
export type BrowserBundle = ReadonlyMap<string, Uint8Array>;

/** Bundles the renderer at the first call, and answers the same bundle from then on. */
export function createBrowserBundle(): () => Promise<BrowserBundle> {
  let bundle: Promise<BrowserBundle> | null = null;
  return () => {
    bundle ??= bundleBrowser().catch((error: unknown) => {
      bundle = null;
      throw error;
    });
    return bundle;
  };
}

/** Split in chunks, since most of Atlaskit's themes and the table's drag and drop are never loaded. */
async function bundleBrowser(): Promise<BrowserBundle> {
  // Loaded only here: whoever starts the local Jira for its REST API alone does not wait for a bundler.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'browser/main.ts')],
    outdir: import.meta.dirname,
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    legalComments: 'none',
    logLevel: 'error',
    // Atlaskit asks for other variables of its own build too, so that the whole object has to be there.
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
  });
  return new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
}

/**
 * Gives an app's document its bridge before its own script runs (`@forge/bridge`, `out/bridge.js`), and tells the
 * host of errors that nobody caught.
 */
export const frameScript = `globalThis.__bridge = { callBridge: parent.forgeBridges.get(frameElement) };
addEventListener('error', (event) => __bridge.callBridge('onError', { error: event.error ?? event.message }));
addEventListener('unhandledrejection', (event) => __bridge.callBridge('onError', { error: event.reason }));
`;
