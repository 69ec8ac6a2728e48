/**
 * The floors of the service, highest first. A file knows its own floor and those below; rooms of one floor may know
 * each other, but no circle.
 */
const floors = [
  ['start', '(main|admin-main|migrate-main)\\.ts$'],
  ['composition', '(compose/|compose\\.ts$|config\\.ts$|admin/)'],
  ['edge', '(http|jobs)/'],
  [
    'use-cases',
    '(activity|adapters|forge|identity|inbound|items|mapping|personal-data|projects|push|reconcile|sync)/',
  ],
  ['atlassian', '(grants/|jira/|limits/|http-client\\.ts$)'],
  ['store', 'store/'],
  ['ground', '(secrets/|outcome\\.ts$)'],
];

const service = '^userhero-side/src/';
const floorRules = floors.slice(1).map(([name, files], above) => ({
  name: `${name}-knows-no-floor-above`,
  severity: 'error',
  from: { path: service + files, pathNot: '\\.test\\.ts$' },
  to: { path: floors.slice(0, above + 1).map(([, higher]) => service + higher) },
}));

/** The one-way rule: HTTP edge → use case → pure core; what is outside comes in as arguments. */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle of types ties files together as much as one of values.',
      severity: 'error',
      from: {},
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
    ...floorRules,
    {
      name: 'what-decides-knows-no-database',
      comment: 'docs/decisions/012: use cases go through Prisma, what decides takes and returns data.',
      severity: 'error',
      from: {
        path: `${service}.*/(decide|facts-of|move-issue|order-)[^/]*$`,
        pathNot: '\\.test\\.ts$',
      },
      to: { path: ['^userhero-side/src/store/(db|connect|generated)', 'node_modules/(pg|@prisma)/'] },
    },
    {
      name: 'each-file-has-a-floor',
      comment: 'A new room of the service belongs into the list of floors above.',
      severity: 'error',
      from: {},
      to: {
        path: service,
        pathNot: ['\\.test\\.ts$', '/generated/', ...floors.map(([, files]) => service + files)],
      },
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
