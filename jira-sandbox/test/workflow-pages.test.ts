import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, startForTest } from './connect.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startForTest();
});
afterAll(() => sandbox.close());

const control = (path: string, body: unknown) => send(`${sandbox.url}/sandbox/api${path}`, 'POST', body);
const accountId = (name: string) =>
  sandbox.world.accounts.find((one) => one.displayName.startsWith(name))?.accountId ?? '';
const cookie = (name: string) => ({ cookie: `jira_account=${accountId(name)}` });

async function open(path: string, name = 'Ada') {
  return (await fetch(`${sandbox.url}/s/acme${path}`, { headers: cookie(name) })).text();
}

async function submit(path: string, form: Record<string, string>, name = 'Ada') {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${sandbox.url}/s/acme${path}`, { method: 'POST', body, headers: cookie(name) });
  return { status: answer.status, text: await answer.text() };
}

const issue = async (key: string) => (await send(`${sandbox.url}/sandbox/api/issues/${key}`)).body;

test('the workflow page shows the rules of each transition, and an administrator switches them', async () => {
  const page = '/projects/SHOP/workflow';
  await control('/workflows', { project: 'SHOP', issueTypes: ['Bug'], statuses: ['To Do', 'Done'] });
  await control('/read-only', { project: 'SHOP', issueType: 'Bug', status: 'Done' });
  const before = await open(page);
  expect(before).toContain('Web Shop workflow for Bug');
  expect(before).toContain('Read-only statuses: Done');
  expect(before).toContain('screen with Assignee, Summary');
  const form = {
    transition: '51',
    issueType: '10001',
    screen: 'resolution',
    conditions: '[{"type":"role","role":"admin"}]',
    validators: '[{"type":"field_required","field":"resolution"}]',
    resolution: '"kept"',
  };
  const saved = await submit(`${page}/rules`, form);
  expect(saved.text).toContain('SHOP: Done changed.');
  for (const rule of [
    'screen with Resolution',
    'offered to administrators',
    'validator: resolution required',
  ]) {
    expect(saved.text.toLowerCase()).toContain(rule.toLowerCase());
  }
  expect((await open(page)).match(/offered to administrators/g)).toHaveLength(1);
  expect((await submit(`${page}/rules`, { ...form, screen: 'nothing' })).text).toContain(
    'There is no field nothing.',
  );
  expect((await submit(`${page}/rules`, form, 'Max')).status).toBe(403);
  expect(await open('/browse/SHOP-1')).toContain('Resolution for Done');
  expect(await open('/browse/SHOP-1', 'Max')).not.toContain('Resolution for Done');
});

test('the edit form changes description and labels, and keeps the looks of a text that nobody touched', async () => {
  await control('/issues/SHOP-2/edit', { description: 'First\nSecond', labels: ['old'] });
  const { description } = await issue('SHOP-2');
  const page = await open('/browse/SHOP-2');
  expect(page).toContain('First\nSecond</textarea>');
  const form = { summary: 'Kept', description: 'First\r\nSecond', labels: 'old  new new' };
  await submit('/browse/SHOP-2/edit', form);
  expect(await issue('SHOP-2')).toMatchObject({ summary: 'Kept', description, labels: ['old', 'new'] });
  const again = await submit('/browse/SHOP-2/edit', form);
  expect(again.text).toContain('Nothing was changed.');
  await submit('/browse/SHOP-2/edit', { summary: 'Kept', description: '', labels: '' });
  expect(await issue('SHOP-2')).toMatchObject({ description: null, labels: [] });
});

test('the edit form has what the edit screen has, and says why nothing can be edited', async () => {
  await control('/screens', { project: 'MOB', edit: ['summary', 'labels'] });
  const page = await open('/browse/MOB-1');
  expect(page).toContain('name="labels"');
  expect(page).not.toContain('name="description"');
  await submit('/browse/MOB-1/edit', { summary: 'New words', description: 'Unseen' });
  expect(await issue('MOB-1')).toMatchObject({ summary: 'New words' });
  expect(JSON.stringify((await issue('MOB-1')).description)).not.toContain('Unseen');
  await control('/read-only', { project: 'MOB', status: 'In Progress' });
  expect(await open('/browse/MOB-1')).toContain('Issues in In Progress cannot be edited.');
  expect((await submit('/browse/MOB-1/edit', { summary: 'Late' })).text).toContain('cannot be edited');
  await control('/permissions', { project: 'MOB', account: 'max', edit: false });
  expect(await open('/browse/MOB-1', 'Max')).toContain('Max Member may not edit issues of MOB.');
  expect((await issue('MOB-1')).summary).toBe('New words');
});
