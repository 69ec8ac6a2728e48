import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'browser');
const ready = new Map<string, string>();

/** The renderer's files, which the browser loads one by one under their own names. */
export const browserModules: ReadonlySet<string> = new Set(
  readdirSync(folder).filter((name) => name.endsWith('.ts')),
);

/** A file of the renderer without its types: the browser needs no bundler for it. */
export async function browserModule(name: string): Promise<string> {
  const known = ready.get(name);
  if (known) return known;
  const text = strip(await readFile(join(folder, name), 'utf8'));
  ready.set(name, text);
  return text;
}

/** Node calls its type stripping experimental once a process; a person who opens a page need not read that. */
function strip(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/**
 * Gives an app's document its bridge before its own script runs (`@forge/bridge`, `out/bridge.js`), and tells the
 * host of errors that nobody caught.
 */
export const frameScript = `globalThis.__bridge = { callBridge: parent.forgeBridges.get(frameElement) };
addEventListener('error', (event) => __bridge.callBridge('onError', { error: event.error ?? event.message }));
addEventListener('unhandledrejection', (event) => __bridge.callBridge('onError', { error: event.reason }));
`;
