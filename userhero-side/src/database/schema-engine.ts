import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

type SchemaEngine = Awaited<ReturnType<typeof engine.SchemaEngine.new>>;

/**
 * Opens Prisma's own schema engine in its WebAssembly build, which ships inside npm. The native engine is
 * downloaded on first use and so needs the internet. Both write the same `_prisma_migrations` table.
 *
 * @see docs/decisions/002-migrations-without-a-download.md
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  use: (schemaEngine: SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiate();
  await instantiated;
  const adapter = bindSqlAdapterFactory(new PrismaPg({ connectionString, max: 2 }));
  const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    return await use(schemaEngine);
  } finally {
    schemaEngine.free();
  }
}

// The engine's glue code keeps its instance in its own module, so a second one would break the first.
let instantiated: Promise<void> | undefined;

async function instantiate(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(file.replace(/\.js$/, '.wasm'));
  const imports = { './schema_engine_bg.js': engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  const exports = instance.exports as WebAssembly.Exports & { __wbindgen_start: () => void };
  (engine as unknown as { __wbg_set_wasm: (wasm: WebAssembly.Exports) => void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}
