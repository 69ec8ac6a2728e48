import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Manifest, parseManifest } from './manifest.ts';

/** Forge's folder of translations beside the bundle (`@forge/i18n`, constants). */
const localesFolder = '__LOCALES__';
const lookAgainMs = 500;

/** A built app as it would stand at Atlassian after `forge deploy`: a copy, so that a build cannot tear it. */
export type Deployment = {
  version: string;
  manifest: Manifest;
  codeFolder: string;
  /** Resource key → folder with `index.html`. */
  resourceFolders: Map<string, string>;
  /** Locale → key → text, from the manifest's translations. */
  translations: Map<string, unknown>;
};

export type AppSource = {
  /** The newest build, or null while there is no manifest or nothing was built. */
  current: () => Deployment | null;
  /** Why `current` answers null. */
  problem: () => string | null;
  close: () => void;
};

/** Watches a repository with `manifest.yml` and built bundles, and takes each new build over. */
export function openAppSource(root: string, log: (line: string) => void): AppSource {
  const home = mkdtempSync(join(tmpdir(), 'forge-host-'));
  let deployment: Deployment | null = null;
  let problem: string | null = null;
  let lookedAt = 0;
  let stamp = '';
  let count = 0;

  const look = () => {
    const manifestFile = join(root, 'manifest.yml');
    if (!existsSync(manifestFile)) return fail('there is no manifest.yml');
    try {
      const text = readFileSync(manifestFile, 'utf8');
      const manifest = parseManifest(text);
      const folders = foldersOf(root, manifest);
      const missing = folders.find((one) => !existsSync(one));
      if (missing) return fail(`${missing.slice(root.length + 1)} was not built`);
      const seen = [text, ...folders.map(stampOf)].join('\n');
      if (seen === stamp) return;
      stamp = seen;
      count += 1;
      deployment = deploy(root, manifest, join(home, String(count)), count);
      problem = null;
    } catch (error) {
      fail(`manifest.yml: ${error instanceof Error ? error.message : error}`);
    }
  };
  const fail = (text: string) => {
    if (problem !== text) log(`forge: no app: ${text}`);
    problem = text;
    deployment = null;
    stamp = '';
  };

  const refresh = () => {
    if (Date.now() - lookedAt < lookAgainMs) return;
    lookedAt = Date.now();
    look();
  };
  return {
    current: () => {
      refresh();
      return deployment;
    },
    problem: () => {
      refresh();
      return problem;
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

function foldersOf(root: string, manifest: Manifest): string[] {
  const code = resolve(root, manifest.app.package?.path ?? 'dist');
  return [code, ...manifest.resources.map((one) => resolve(root, one.path))];
}

/** Changes when any file of the folder does. */
function stampOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const times = files.map((one) => {
    const { mtimeMs, size } = statSync(join(one.parentPath, one.name));
    return `${one.name}:${mtimeMs}:${size}`;
  });
  return times.sort().join(',');
}

function deploy(root: string, manifest: Manifest, home: string, count: number): Deployment {
  const codeFolder = join(home, 'code');
  cpSync(resolve(root, manifest.app.package?.path ?? 'dist'), codeFolder, { recursive: true });
  const resourceFolders = new Map<string, string>();
  for (const resource of manifest.resources) {
    const folder = join(home, 'resources', resource.key);
    cpSync(resolve(root, resource.path), folder, { recursive: true });
    resourceFolders.set(resource.key, folder);
  }
  const translations = readTranslations(root, manifest);
  for (const folder of [codeFolder, ...resourceFolders.values()]) {
    writeTranslations(manifest, translations, folder);
  }
  return { version: `${count + 1}.0.0`, manifest, codeFolder, resourceFolders, translations };
}

function readTranslations(root: string, manifest: Manifest): Map<string, unknown> {
  const resources = manifest.translations?.resources ?? [];
  return new Map(
    resources.map((one) => [one.key, JSON.parse(readFileSync(resolve(root, one.path), 'utf8'))]),
  );
}

/** What `forge deploy` adds to functions and resources; read by `i18n` of @forge/api and @forge/bridge. */
function writeTranslations(manifest: Manifest, translations: Map<string, unknown>, folder: string): void {
  if (!manifest.translations || existsSync(join(folder, localesFolder))) return;
  mkdirSync(join(folder, localesFolder));
  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, localesFolder, `${name}.json`), JSON.stringify(content));
  const config = { locales: [...translations.keys()], fallback: manifest.translations.fallback };
  write('i18n-info', { translations: {}, config });
  for (const [locale, texts] of translations) write(locale, texts);
}

/** A title of the manifest in a person's language. */
export function titleText(
  deployment: Deployment,
  title: string | { i18n: string } | undefined,
  locale: string,
): string {
  if (title === undefined) return '';
  if (typeof title === 'string') return title;
  const fallback = deployment.manifest.translations?.fallback.default ?? 'en-US';
  for (const wanted of [locale.replace('_', '-'), fallback]) {
    const found = textAt(deployment.translations.get(wanted), title.i18n);
    if (found) return found;
  }
  return title.i18n;
}

function textAt(texts: unknown, key: string): string | null {
  const step = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const whole = step(texts, key);
  const found = typeof whole === 'string' ? whole : key.split('.').reduce(step, texts);
  return typeof found === 'string' ? found : null;
}
