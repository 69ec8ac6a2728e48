import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of the start is compiling; the cache has to be on before the rest is loaded.
enableCompileCache(join(process.env.USERHERO_DATA_DIR ?? '.data', 'compile-cache'));
const { readConfig } = await import('../../userhero-side/src/config.ts');
const { startEmbeddedDatabase } = await import('../../userhero-side/src/store/embedded.ts');

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.faults.join('; '));
const { config } = read;
// PostgreSQL starts while the service is loaded.
const embedded = config.databaseUrl ? Promise.resolve(null) : startEmbeddedDatabase(config.dataDir);
embedded.catch(() => {});
const { runDemo } = await import('./run-demo.ts');
await runDemo(config, embedded);
