import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../../forge-app/build.ts';
import { type Answer, type Call, caller } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { hostileTokens, type TokenWish } from './support/hostile-tokens.ts';
import { bodyOf, connectJira, type JiraIssue, pushedItem, readItem } from './support/steps.ts';

/** What the app's functions send, by the table's columns. */
const columns = ['page', 'save', 'preview', 'panel', 'event'] as const;
type Column = (typeof columns)[number];

const modules: Record<Column, TokenWish> = {
  page: { moduleKey: 'userhero-sync', project: 'SHOP' },
  save: { moduleKey: 'userhero-sync', project: 'SHOP' },
  preview: { moduleKey: 'userhero-sync', project: 'SHOP' },
  panel: { moduleKey: 'userhero-item', project: 'SHOP' },
  event: { moduleKey: 'issue-updated' },
};

/** Whom a function names; a page's token names the person itself. */
const somebody = { 'x-userhero-account': 'somebody-1' };

let harness: Harness;
let adapterId: string;
let itemId: string;
let issue: JiraIssue;
let document: MappingDocument;

beforeAll(async () => {
  await buildForgeApp();
  harness = await startHarness({}, { forgeApp: true });
  const { workflow, adapter } = await connectJira(harness);
  adapterId = adapter.id;
  const pushed = await pushedItem(harness, workflow);
  itemId = pushed.item.id;
  issue = pushed.issue;
  document = await readMapping();
});
afterAll(() => harness.stop());

async function readMapping(): Promise<MappingDocument> {
  return bodyOf(await harness.robin<MappingDocument>('GET', `/api/adapters/${adapterId}/mapping`));
}

/** A token of the local Jira's Forge host, or what a forger makes of it. */
async function withToken(column: Column, wish: TokenWish): Promise<Call> {
  const { alter = (token: string) => token, ...wanted } = wish;
  const place = column === 'panel' ? { issue: issue.key } : {};
  const asked = { account: 'Ada', ...modules[column], ...place, ...wanted };
  const minted = await harness.jira<{ token: string }>('POST', '/sandbox/api/forge/token', asked);
  const token = alter(bodyOf(minted).token);
  return caller(harness.origin, token === '' ? {} : { authorization: `Bearer ${token}` });
}

async function send(
  column: Column,
  wish: TokenWish,
  headers: Record<string, string> = {},
): Promise<Answer<unknown>> {
  const call = await withToken(column, wish);
  const project = `/api/forge/projects/${issue.project.id}`;
  const query = `?adapter=${adapterId}`;
  const body = {
    mapping: { ...document.mapping, priorities: { ...document.mapping.priorities, low: 'High' } },
  };
  if (column === 'page') return call('GET', `${project}${query}`);
  if (column === 'panel') return call('GET', `/api/forge/issues/${issue.id}`);
  if (column === 'event') return call('POST', '/api/webhooks/jira', doneEvent());
  if (column === 'preview') return call('POST', `${project}/mapping/preview${query}`, body);
  return call('PUT', `${project}/mapping${query}`, body, { ...headers, 'if-match': `"${document.version}"` });
}

function doneEvent() {
  const status = { id: '5', name: 'Done', statusCategory: { key: 'done' } };
  return {
    eventType: 'avi:jira:updated:issue',
    timestamp: Date.now(),
    issue: { id: issue.id, key: issue.key, fields: { status } },
    changelog: { items: [{ field: 'status', fieldId: 'status', to: '5', toString: 'Done' }] },
  };
}

/** An answer as the table names it: its status, and what a refusal or an empty answer says. */
function inWords({ status, body }: Answer<unknown>): string {
  const told = body as { code?: string; outcome?: string; items?: unknown[] };
  const word = told.code ?? told.outcome ?? (told.items?.length === 0 ? 'nothing' : 'shown');
  return `${status} ${word}`;
}

it('every hostile token gets the answer that docs/security.md tells, and changes nothing', async () => {
  const rows: string[] = [];
  for (const [name, wish] of hostileTokens) {
    const cells: string[] = [];
    for (const column of columns) {
      const isMeant = wish.only === undefined || wish.only.includes(column);
      cells.push(isMeant ? inWords(await send(column, wish.token, wish.silent ? {} : somebody)) : '–');
    }
    rows.push(`| ${[name, ...cells].join(' | ')} |`);
  }
  expect(await readMapping()).toEqual(document);
  expect((await readItem(harness.robin, itemId)).status).toBe('open');
  expect(await tableIn('docs/security.md')).toEqual(rows);
});

it.each([
  ['a page’s true token does what it is for, and names the person itself', {}, 'Ada'],
  ['a function’s does the same for whom the function names', { sentBy: 'function' }, 'somebody-1'],
] as const)('%s', async (_, wish, savedBy) => {
  const answers = ['page', 'preview', 'panel', 'save', 'event'] as const;
  const seen: string[] = [];
  for (const column of answers) seen.push(`${column}: ${inWords(await send(column, wish, somebody))}`);
  expect(seen).toEqual([
    'page: 200 shown',
    'preview: 200 shown',
    'panel: 200 shown',
    'save: 200 shown',
    'event: 200 accepted',
  ]);
  document = await readMapping();
  expect(document.updatedBy).toBe(savedBy === 'Ada' ? await accountOf('Ada') : savedBy);
});

async function accountOf(name: string): Promise<string> {
  const minted = await harness.jira<{ claims: { principal: string } }>('POST', '/sandbox/api/forge/token', {
    account: name,
  });
  return bodyOf(minted).claims.principal;
}

/** The rows of the table of hostile tokens. */
async function tableIn(file: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../..', file), 'utf8');
  const after = text.split('| token | page | save | preview | panel | event |\n')[1] ?? '';
  return (after.split('\n\n')[0] ?? '').split('\n').slice(1);
}
