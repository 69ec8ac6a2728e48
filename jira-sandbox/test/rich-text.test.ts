import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let rest: string;
let headers: { authorization: string };

const text = (value: string) => ({ type: 'text', text: value });
const paragraph = (value = 'a') => ({ type: 'paragraph', content: [text(value)] });
const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });
const call = (path: string, method: string, body: unknown) => send(`${rest}${path}`, method, body, headers);
const fields = (description: unknown, summary = 'Rich') => ({
  project: { key: 'SHOP' },
  issuetype: { id: '10001' },
  summary,
  description,
});
const set = (settings: Record<string, unknown>) =>
  send(`${sandbox.url}/sandbox/api/settings`, 'POST', settings);

beforeAll(async () => {
  sandbox = await startForTest();
  headers = { authorization: `Bearer ${(await signIn(sandbox)).access_token}` };
  rest = `${sandbox.url}/ex/jira/${sandbox.world.sites[0]?.cloudId}/rest/api/3`;
});
beforeEach(() => set({ adfLimitCounts: 'text', oddCharacters: 'taken' }));
afterAll(() => sandbox.close());

/** What was accepted before, and what Atlassian's content model forbids. */
const refused: Record<string, unknown> = {
  'a quote in a quote': doc({
    type: 'blockquote',
    content: [{ type: 'blockquote', content: [paragraph()] }],
  }),
  'a heading in a quote': doc({
    type: 'blockquote',
    content: [{ type: 'heading', attrs: { level: 1 }, content: [text('a')] }],
  }),
  'an empty quote': doc({ type: 'blockquote', content: [] }),
  'a rule in a list item': doc({
    type: 'bulletList',
    content: [{ type: 'listItem', content: [{ type: 'rule' }] }],
  }),
  'an empty list item': doc({ type: 'bulletList', content: [{ type: 'listItem', content: [] }] }),
  'an empty header cell': doc({
    type: 'table',
    content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [] }] }],
  }),
  'code in bold': doc({
    type: 'paragraph',
    content: [{ type: 'text', text: 'a', marks: [{ type: 'code' }, { type: 'strong' }] }],
  }),
  'a task without an id': doc({
    type: 'taskList',
    attrs: { localId: 'l' },
    content: [{ type: 'taskItem', attrs: { state: 'TODO' }, content: [text('a')] }],
  }),
  'an empty text': doc(paragraph('')),
  'another version': { ...doc(paragraph()), version: 2 },
  'an unknown node': doc({ type: 'marquee', content: [paragraph()] }),
};

for (const [what, document] of Object.entries(refused)) {
  test(`${what} is refused as INVALID_INPUT on create, bulk create, edit and comment`, async () => {
    const wanted = { description: 'INVALID_INPUT' };
    const created = await call('/issue', 'POST', { fields: fields(document) });
    expect([created.status, created.body.errors]).toEqual([400, wanted]);
    const bulk = await call('/issue/bulk', 'POST', {
      issueUpdates: [{ fields: fields(document) }, { fields: fields(doc(paragraph())) }],
    });
    expect(bulk.status).toBe(201);
    expect(bulk.body.errors[0].elementErrors.errors).toEqual(wanted);
    const { id } = bulk.body.issues[0];
    const edited = await call(`/issue/${id}`, 'PUT', { fields: { description: document } });
    expect([edited.status, edited.body.errors]).toEqual([400, wanted]);
    const commented = await call(`/issue/${id}/comment`, 'POST', { body: document });
    expect([commented.status, commented.body.errors]).toEqual([400, { comment: 'INVALID_INPUT' }]);
    const update = { comment: [{ add: { body: document } }] };
    const added = await call(`/issue/${id}`, 'PUT', { update });
    expect([added.status, added.body.errors]).toEqual([400, { comment: 'INVALID_INPUT' }]);
  });
}

test('what the editor makes is taken', async () => {
  const document = doc(
    { type: 'heading', attrs: { level: 2 }, content: [text('Title')] },
    { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph()] }] },
    { type: 'codeBlock', attrs: { language: 'ts' }, content: [text('a')] },
    { type: 'panel', attrs: { panelType: 'info' }, content: [paragraph()] },
    { type: 'paragraph' },
  );
  const created = await call('/issue', 'POST', { fields: fields(document) });
  expect(created.status).toBe(201);
});

test('a document nested deeper than anybody writes is refused, and the next one is taken', async () => {
  const depth = 4000;
  const open = '{"type":"bulletList","content":[{"type":"listItem","content":[';
  // Written by hand: JSON.stringify itself does not go that deep.
  const nested = `${open.repeat(depth)}${JSON.stringify(paragraph())}${']}]}'.repeat(depth)}`;
  const body = JSON.stringify({ fields: fields(doc('HERE')) }).replace('"HERE"', nested);
  const response = await fetch(`${rest}/issue`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(400);
  expect((await response.json()).errors).toEqual({ description: 'INVALID_INPUT' });
  expect((await call('/issue', 'POST', { fields: fields(doc(paragraph())) })).status).toBe(201);
});

test('the limit counts the text, or the stored markup where the settings say so', async () => {
  const links = Array.from({ length: 1500 }, (_, index) => ({
    type: 'text',
    text: 'link ',
    marks: [{ type: 'link', attrs: { href: `https://example.com/${index}` } }],
  }));
  const document = doc({ type: 'paragraph', content: links });
  expect((await call('/issue', 'POST', { fields: fields(document) })).status).toBe(201);
  await set({ adfLimitCounts: 'markup' });
  const created = await call('/issue', 'POST', { fields: fields(document) });
  expect([created.status, created.body.errors]).toEqual([400, { description: 'CONTENT_LIMIT_EXCEEDED' }]);
  await set({ adfLimitCounts: 'text' });
  const long = doc(paragraph('x'.repeat(32_768)));
  expect((await call('/issue', 'POST', { fields: fields(long) })).body.errors).toEqual({
    description: 'CONTENT_LIMIT_EXCEEDED',
  });
});

test('control characters and half surrogate pairs are taken, or refused where the settings say so', async () => {
  const odd = ['a\u0001b', 'a\u0085b', 'a\ud83d', '\u0000'];
  for (const value of odd) {
    const created = await call('/issue', 'POST', { fields: fields(doc(paragraph(value)), `T ${value}`) });
    expect(created.status).toBe(201);
  }
  await set({ oddCharacters: 'refused' });
  for (const value of odd) {
    const created = await call('/issue', 'POST', { fields: fields(doc(paragraph(value)), `T ${value}`) });
    expect(created.status).toBe(400);
    expect(Object.keys(created.body.errors).sort()).toEqual(['description', 'summary']);
  }
  const plain = doc(paragraph('tab\tand\nline, שלום 🎉'));
  expect((await call('/issue', 'POST', { fields: fields(plain, 'שלום 🎉') })).status).toBe(201);
});
