import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './build/long-first.ts';

const exclude = ['**/node_modules/**', '**/dist/**'];
/** A test beside its source opens no browser and no database. */
const besideSources = '{build,{shared,userhero-side,jira-sandbox,forge-app}/**/src}/**/*.test.{ts,tsx}';
const onRealPostgres = 'userhero-side/test/**/*.test.ts';
const faults = 'userhero-side/test/faults/**/*.test.ts';

// Node keeps what it has compiled: a worker, and each process that a test starts, is up in half the time.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, '.cache/compile');

export default defineConfig({
  test: {
    // Each worker runs a service, a local Jira and their databases: two of them fill two cores.
    pool: 'forks',
    maxWorkers: 2,
    // A worker loads the sources once for all its files: loading takes longer than half of the tests. Each file starts
    // what it needs and ends it, and no module of ours keeps what a test could see.
    isolate: false,
    sequence: { sequencer: LongFirst },
    // Only a failure takes so long: tests wait for states, and a busy machine takes a while to reach them.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [besideSources],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{jira-sandbox,forge-app}/test/**/*.test.ts'],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: 'service',
          include: [onRealPostgres],
          exclude: [...exclude, faults],
          globalSetup: 'userhero-side/test/support/global-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: [faults],
          exclude,
          globalSetup: 'userhero-side/test/support/global-setup.ts',
          // Each file brings processes of its own, so they come after the rest.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
