import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Who imports whom: by each file its imports, type-only ones included, as paths from the repository's root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
const sources = /(?<!\.test|\.d)\.tsx?$/;
const sharedPackage = '@userhero/shared/';

/** Reads what the sources below some folders import of each other; tests and what is generated do not count. */
export function readImports(root: string, folders: readonly string[]): Imports {
  const files = folders.flatMap((folder) => filesIn(join(root, folder)));
  const known = new Set(files);
  const found = files.map((file) => {
    const targets = [...readFileSync(file, 'utf8').matchAll(importPattern)]
      .map(([, named, dynamic]) => resolveImport(root, file, named ?? dynamic ?? ''))
      .filter((target) => target !== null && known.has(target))
      .map((target) => relative(root, target ?? ''));
    return [relative(root, file), [...new Set(targets)]] as const;
  });
  return new Map(found);
}

function resolveImport(root: string, file: string, name: string): string | null {
  if (name.startsWith('.')) return resolve(dirname(file), name);
  return name.startsWith(sharedPackage) ? join(root, 'shared/src', name.slice(sharedPackage.length)) : null;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|generated)$/.test(entry.name) ? [] : filesIn(path);
    return sources.test(entry.name) ? [path] : [];
  });
}
