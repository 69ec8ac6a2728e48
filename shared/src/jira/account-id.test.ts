import { expect, it } from 'vitest';
import { isAccountId } from './account-id.ts';

const uuid = '1f6c5d1e-6a3b-4c5d-8e7f-0123456789ab';

it.each([
  '5b10ac8d82e05b22cc7d4ef5',
  `557058:${uuid}`,
  `ug:${uuid}`,
  `712020:${uuid}`,
  `qm:${uuid}:${uuid}`,
])('%s is an account id', (text) => expect(isAccountId(text)).toBe(true));

it.each([
  'Ada Admin',
  'Jira',
  '',
  'qm:',
  uuid,
  `a name:${uuid}`,
  `qm:${uuid}:`,
  'UserHero',
  '557058:abc',
])('%j is a name', (text) => expect(isAccountId(text)).toBe(false));
