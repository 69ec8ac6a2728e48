import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**'];
const onRealPostgres = 'userhero-side/test/**/*.test.ts';

export default defineConfig({
  test: {
    // Each worker runs a service, a local Jira and their databases: two of them fill two cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,userhero-side,jira-sandbox,forge-app}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, onRealPostgres],
        },
      },
      {
        extends: true,
        test: {
          name: 'service',
          include: [onRealPostgres],
          exclude,
          globalSetup: 'userhero-side/test/global-setup.ts',
        },
      },
    ],
  },
});
