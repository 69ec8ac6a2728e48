import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of the start is compiling; the cache has to be on before the rest is loaded.
enableCompileCache(join(process.env.USERHERO_DATA_DIR ?? '.data', 'compile-cache'));
const { runDemo } = await import('./run-demo.ts');

await runDemo();
