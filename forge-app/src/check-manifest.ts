import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type ManifestSchema, ProcessorBuilder, ValidationTypes } from '@forge/manifest';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'forge-app/dist/index.cjs');

export type ManifestCheck = { faults: string[]; handlers: string[]; functionBytes: number };

/**
 * Runs Atlassian's own full validation on the manifest and looks whether every handler that it names is
 * exported by the built bundle; the validator itself only looks for the file.
 */
export async function checkManifest(): Promise<ManifestCheck> {
  const result = await ProcessorBuilder.instance()
    .withValidation(ValidationTypes.FULL)
    .build()
    .process(join(root, 'manifest.yml'));
  const content = result.manifestObject?.typedContent as ManifestSchema | undefined;
  const handlers = (content?.modules?.function ?? []).map((entry) => entry.handler.replace(/^index\./, ''));
  const exported: Record<string, unknown> = createRequire(import.meta.url)(bundle);
  const missing = handlers.filter((name) => typeof exported[name] !== 'function');
  return {
    faults: [
      ...(result.errors ?? []).map((error) => `${error.level} at line ${error.line}: ${error.message}`),
      ...(result.success ? [] : ['the validation did not succeed']),
      ...missing.map((name) => `the function bundle does not export "${name}"`),
    ],
    handlers,
    functionBytes: readFileSync(bundle).length,
  };
}

/** The check in two lines for a person. Warnings count as faults. */
export function tellCheck({ faults, handlers }: ManifestCheck): string {
  const verdict = faults.length === 0 ? 'valid, no errors, no warnings' : `${faults.length} faults, as above`;
  return `manifest.yml: ${verdict} (@forge/manifest, full validation)\nhandlers built: ${handlers.join(', ')}`;
}

if (import.meta.main) {
  const check = await checkManifest();
  for (const fault of check.faults) console.error(fault);
  console.log(tellCheck(check));
  if (check.faults.length > 0) process.exitCode = 1;
}
