/** The one-way rule: HTTP edge → use case → pure core; what is outside comes in as arguments. */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle of types ties files together as much as one of values.',
      severity: 'error',
      from: {
        pathNot:
          '^(userhero-side/web/src/pages/sync-adapter/mapping|forge-app/src/editor|userhero-side/src/http)/',
      },
      to: { circular: true },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared/ does no I/O and knows nobody: only itself, zod and markdown-it.',
      severity: 'error',
      from: { path: '^shared/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/src', 'node_modules/(zod|markdown-it)/'] },
    },
    {
      name: 'the-service-knows-no-local-jira',
      severity: 'error',
      from: { path: '^userhero-side/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^(jira-sandbox|forge-app)/' },
    },
    {
      name: 'the-forge-app-knows-no-service',
      severity: 'error',
      from: { path: '^forge-app/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(jira-sandbox|userhero-side)/' },
    },
    {
      name: 'use-cases-know-no-http',
      severity: 'error',
      from: {
        path: '^userhero-side/src/(activity|adapters|admin|forge|grants|identity|inbound|items|jira|jobs|mapping|personal-data|projects|push|reconcile|secrets|store)/',
        pathNot: '(identify|\\.test)\\.ts$',
      },
      to: { path: '^userhero-side/src/(http/|compose|main)' },
    },
    {
      name: 'pages-use-contracts-only',
      severity: 'error',
      from: { path: '^userhero-side/web/src' },
      to: { path: '^(userhero-side/src|jira-sandbox|forge-app)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
