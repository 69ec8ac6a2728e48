import type { SyncTexts } from './sync-texts.ts';

export const englishSync: SyncTexts = {
  title: 'What is synced',
  lead: 'What travels after an item was pushed or linked, and whose value counts when both sides have changed. Switching something on changes no item and no issue: where item and issue differ, the item shows both values.',
  things: {
    status: 'Status',
    summary: 'Title',
    description: 'Description',
    priority: 'Priority',
    labels: 'Labels',
  },
  directions: { off: 'Off', 'to-jira': 'To Jira', 'from-jira': 'From Jira', both: 'Both ways' },
  conflicts: { jira: 'Jira wins', userhero: 'UserHero wins', ask: 'Ask on the item' },
  directionOf: (thing) => `${thing}: direction`,
  conflictOf: (thing) => `${thing}: when both sides changed`,
  travels: (thing, direction) => `${thing}: ${direction.charAt(0).toLowerCase()}${direction.slice(1)}`,
  holds: {
    ask: 'Item and issue both changed.',
    differs: 'Item and issue both changed, and the value that counts does not travel in this direction.',
    simplified: 'One side holds a shortened or simplified copy of the other’s text.',
    never_agreed: 'Item and issue differ since they were linked, or since this is synced.',
    no_place: 'The other side has no place for the value.',
    refused: 'Jira refused the value.',
  },
  differs: (thing) => `${thing} differs`,
  refused: (said) => `Jira said: ${said}`,
  inUserhero: 'UserHero',
  inJira: 'Jira',
  empty: 'empty',
  takeUserhero: 'Use UserHero’s value',
  takeJira: 'Use Jira’s value',
};
