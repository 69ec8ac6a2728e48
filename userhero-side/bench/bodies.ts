import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A webhook body whose changing places have a fixed width, so that every request has the same length. */
export type BodyTemplate = {
  size: number;
  render(issueNumber: number, changeNumber: number, statusIndex: number): Buffer;
};

/** The bench's issues have these ids, its site this address. */
export const issueIdOf = (issueNumber: number): string => String(1_000_000_000 + issueNumber);
export const benchSite = 'http://localhost:9/s/bench';

const statuses = [
  { id: '10001', name: 'Todo_', key: 'new', width: 13 },
  { id: '10002', name: 'Doing', key: 'indeterminate', width: 13 },
  { id: '10003', name: 'Done_', key: 'done', width: 13 },
] as const;

const recordedFile = join(
  import.meta.dirname,
  '../../../shared/jira/payloads/mattermost/webhook-issue-updated-started-working.json',
);

/** The recorded body where it is there, one of the same size elsewhere; made to name the bench's issues. */
export function bodyTemplate(): BodyTemplate {
  const body = JSON.parse(existsSync(recordedFile) ? readFileSync(recordedFile, 'utf8') : madeUpBody());
  body.timestamp = '@time@';
  body.issue.id = '@issue@';
  body.issue.self = `${benchSite}/rest/api/2/issue/@issue@`;
  body.issue.fields.project = { ...body.issue.fields.project, id: '10000' };
  body.issue.fields.status = {
    ...body.issue.fields.status,
    id: '@status@',
    name: '@name@',
    statusCategory: { ...body.issue.fields.status.statusCategory, key: '@category@' },
  };
  body.changelog = { ...body.changelog, id: '@change@' };
  const text = JSON.stringify(body).replace('"@time@"', '@time@');
  const render: BodyTemplate['render'] = (issueNumber, changeNumber, statusIndex) => {
    const status = statuses[statusIndex % statuses.length] ?? statuses[0];
    const filled = text
      .replaceAll('@issue@', issueIdOf(issueNumber))
      .replace('@time@', String(1_700_000_000_000 + changeNumber))
      .replace('@change@', String(1_000_000_000 + changeNumber))
      .replace('@status@', status.id)
      .replace('@name@', status.name)
      // Category keys differ in length; what is missing is made up in white space, which JSON does not mind.
      .replace('"@category@"', `"${status.key}"${' '.repeat(status.width - status.key.length)}`);
    return Buffer.from(filled);
  };
  return { size: render(0, 0, 0).length, render };
}

function madeUpBody(): string {
  const filler = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`customfield_${10_000 + index}`, `value ${'x'.repeat(40)}`]),
  );
  return JSON.stringify({
    timestamp: 0,
    webhookEvent: 'jira:issue_updated',
    issue_event_type_name: 'issue_generic',
    user: { accountId: '5b10a2844c20165700ede21g', displayName: 'Somebody' },
    issue: {
      id: '1',
      self: '',
      key: 'BENCH-1',
      fields: {
        ...filler,
        project: { id: '1', key: 'BENCH' },
        status: { id: '3', name: 'Doing', statusCategory: { key: 'indeterminate' } },
      },
    },
    changelog: {
      id: '1',
      items: [
        { field: 'status', fieldId: 'status', from: '1', fromString: 'Todo', to: '3', toString: 'Doing' },
      ],
    },
  });
}
