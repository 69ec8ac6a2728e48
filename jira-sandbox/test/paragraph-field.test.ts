import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest } from './connect.ts';

const background = 'customfield_10052';
let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;

beforeAll(async () => {
  sandbox = await startForTest();
  jira = jiraClient(sandbox, (await signIn(sandbox)).access_token);
  const screens = { project: 'SHOP', create: ['summary', background], required: [background] };
  await send(`${sandbox.url}/sandbox/api/screens`, 'POST', screens);
});
afterAll(() => sandbox.close());

const document = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const create = (value: unknown) =>
  jira.issues.createIssue({
    fields: { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary: 'x', [background]: value },
  });

test('a person arranges the screens on the page of the site', async () => {
  const arrange = async (form: Record<string, string>) => {
    const body = new URLSearchParams({ project: '"OPS"', ...form });
    const page = await fetch(`${sandbox.url}/controls/sites/acme/screens`, { method: 'POST', body });
    return page.text();
  };
  const shown = await arrange({ create: `summary ${background}`, edit: 'summary', required: background });
  expect(shown).toContain(`OPS: creating summary ${background}; editing summary; required ${background}`);
  expect(await arrange({ required: 'none' })).toContain(
    `OPS: creating summary ${background}; editing summary</li>`,
  );
  expect(await arrange({ required: 'customfield_1' })).toContain('customfield_1 is not on the create screen');
});

test('createmeta calls a field of several lines a textarea', async () => {
  const place = { projectIdOrKey: 'SHOP', issueTypeId: '10001' };
  const { fields } = await jira.issues.getCreateIssueMetaIssueTypeId(place);
  const field = fields?.find((one) => one.key === background);
  expect([field?.required, field?.schema?.custom]).toEqual([
    true,
    'com.atlassian.jira.plugin.system.customfieldtypes:textarea',
  ]);
});

test('it takes a rich text and neither plain text nor a broken document', async () => {
  const { id } = await create(document('Long ago'));
  const read = await jira.issues.getIssue({ issueIdOrKey: id, fields: [background] });
  expect(read.fields?.[background]).toEqual(document('Long ago'));
  await expect(create('Long ago')).rejects.toThrow(/must be an Atlassian Document/);
  const broken = { type: 'doc', version: 1, content: [{ type: 'text', text: 'loose' }] };
  await expect(create(broken)).rejects.toThrow(/INVALID_INPUT/);
  await expect(create(null)).rejects.toThrow(/Background is required/);
});
