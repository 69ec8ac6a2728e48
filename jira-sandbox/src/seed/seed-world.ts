import { emptyForgeState } from '../forge-host/forge-state.ts';
import { addIssue } from '../issues/add-issue.ts';
import { textDocument } from '../issues/adf.ts';
import { findProject } from '../issues/find.ts';
import { moveIssue } from '../issues/move-issue.ts';
import { defaultLimits } from '../limits/limit-settings.ts';
import { emptyPersonalData } from '../personal-data/personal-data-state.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Settings, World } from '../world.ts';
import { ada, max } from './accounts.ts';
import { acmeSite } from './acme.ts';
import { nordwindSite } from './nordwind.ts';

const seedAgeMs = 14 * 24 * 3_600_000;
const seedStepMs = 3 * 3_600_000;

/** The settings of a fresh sandbox: Jira's own, with a retry that a person does not wait for. */
export const defaultSettings: Settings = {
  searchLagMs: 0,
  accessTokenSeconds: 3600,
  codeSeconds: 60,
  reuseIntervalSeconds: 10,
  refreshIdleDays: 90,
  retryBaseMs: 1000,
  maxDeliveryAttempts: 5,
  deliveryTimeoutMs: 20_000,
  deliveryDelayMs: 0,
  webhookDelayMs: 0,
  automationDelayMs: 0,
  holdDeliveries: false,
  clockSkewMs: 0,
  deliveryDuplicates: 0,
  deliveryReorderWindow: 0,
  faultSeed: 1,
  adfLimitCounts: 'text',
  oddCharacters: 'taken',
  bulkFetchErrors: 'omitted',
  refusalStatus: 400,
  readOnlyRefusal: 'issue',
  bulkCreateOrder: 'request',
  tokenType: true,
  tokenAnswer: 'good',
  inactiveStatus: 401,
  appShared: true,
  appOwner: 'ada',
  webhookFilterForm: 'unchanged',
  webhookListForm: 'unchanged',
  webhookProjects: 'keys_or_ids',
  webhookFilterJudged: 'after',
};

/** Two sites with their projects and no issues. */
export function emptyWorld(): World {
  return {
    version: 1,
    accounts: [ada, max],
    sites: [acmeSite(), nordwindSite()],
    codes: [],
    grants: [],
    accessTokens: [],
    refreshTokens: [],
    deliveries: [],
    faults: [],
    limits: { ...defaultLimits },
    forge: emptyForgeState(),
    personalData: emptyPersonalData(),
    settings: { ...defaultSettings },
  };
}

type SeedIssue = [site: string, project: string, summary: string, statuses: string[]];

const seedIssues: SeedIssue[] = [
  ['acme', 'SHOP', 'Cart forgets its items after sign-in', ['In Progress']],
  ['acme', 'SHOP', 'Add Apple Pay to the checkout', []],
  ['acme', 'SHOP', 'Search ignores umlauts', ['In Progress', 'In Review', 'Done']],
  ['acme', 'SHOP', 'Old coupon page still linked', ['Closed']],
  ['acme', 'MOB', 'App asks for the location twice', ['In Progress']],
  ['acme', 'MOB', 'Dark theme for the order list', []],
  ['acme', 'OPS', 'Renew the certificates', ['Selected', 'In Progress']],
  ['acme', 'OPS', 'Move the nightly backup to four o’clock', []],
  ['acme', 'FEED', 'Customers ask for invoices as PDF', []],
  ['acme', 'COMP', 'Yearly access review', ['In Progress']],
  ['acme', 'HR', 'Onboarding of the new controller', []],
  ['nordwind', 'VER', 'Angebot für die Stadtwerke', ['In Arbeit']],
  ['nordwind', 'VER', 'Rückruf Firma Seidel', []],
  ['nordwind', 'LAG', 'Scanner at gate 3 is slow', ['In Progress', 'Done']],
];

/** Fills the sites with a few issues that have a little history; nothing is delivered for them. */
export function seedIssuesInto(sandbox: Sandbox): void {
  const start = sandbox.now() - seedAgeMs;
  let step = 0;
  const quiet: Sandbox = { ...sandbox, emit: () => {}, save: () => {}, now: () => start + step * seedStepMs };
  for (const [siteSlug, projectKey, summary, path] of seedIssues) {
    const site = quiet.world.sites.find((one) => one.slug === siteSlug);
    const project = site && findProject(site, projectKey);
    if (!site || !project) continue;
    step += 1;
    const issue = addIssue(quiet, site, {
      project,
      issueTypeId: project.issueTypeIds[0] ?? '',
      summary,
      description: textDocument(`${summary}. Written down by the team.`),
      priorityId: project.createScreen.includes('priority') ? project.defaultPriorityId : null,
      creatorId: step % 2 === 0 ? max.accountId : ada.accountId,
      custom:
        projectKey === 'COMP'
          ? { customfield_10050: { id: '10101', value: 'EMEA' }, customfield_10051: 'ISO-27001' }
          : {},
    });
    for (const name of path) {
      step += 1;
      const target = site.statuses.find((one) => one.name === name && project.statusIds.includes(one.id));
      if (target) moveIssue(quiet, site, issue, target.id, ada.accountId);
    }
  }
}
