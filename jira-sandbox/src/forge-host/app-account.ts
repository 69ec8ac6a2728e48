import type { Account } from '../world.ts';

/** The account in whose name `asApp()` acts; Jira makes one for each installed app. */
export const appAccountId = '557058:7a1d3c52-0f0e-4c0e-9c53-5b0e0f7c2d11';

/** An app's account: Jira's schemes give it every project role by default. */
export const appAccount: Account = {
  accountId: appAccountId,
  displayName: 'UserHero (app)',
  emailAddress: '',
  timeZone: 'UTC',
  locale: 'en_US',
  role: 'admin',
  kind: 'app',
};
