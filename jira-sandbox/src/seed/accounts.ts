import type { Account } from '../world.ts';

/** Administrator of every site. */
export const ada: Account = {
  accountId: '5b10ac8d82e05b22cc7d4ef5',
  displayName: 'Ada Admin',
  emailAddress: 'ada@acme.example',
  timeZone: 'Europe/Berlin',
  locale: 'en_US',
  role: 'admin',
};

/** May browse, create and move, but not administer, and does not see the People project. */
export const max: Account = {
  accountId: '5b109f2e9729b51b54dc274d',
  displayName: 'Max Member',
  emailAddress: 'max@acme.example',
  timeZone: 'Europe/Berlin',
  locale: 'en_US',
  role: 'member',
};
