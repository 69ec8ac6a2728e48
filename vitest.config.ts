import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,userhero-side,jira-sandbox,forge-app}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
