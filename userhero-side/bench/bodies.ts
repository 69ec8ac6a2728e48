import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A webhook body whose changing places have a fixed width: a request is made by writing over them. */
export type BodyTemplate = {
  bytes: Buffer;
  /** Writes one change into a copy of the bytes that lies in `target` from `start` on. */
  fill(target: Buffer, start: number, change: { issue: number; number: number; status: number }): void;
};

/** The bench's issues have these ids, its site this address. */
export const issueIdOf = (issueNumber: number): string => String(1_000_000_000 + issueNumber);
export const benchSite = 'http://localhost:9/s/bench';

const statuses = [
  { id: '10001', name: 'Todo_', key: 'new' },
  { id: '10002', name: 'Doing', key: 'indeterminate' },
  { id: '10003', name: 'Done_', key: 'done' },
] as const;

/** Each as wide as what is written over it. */
const places = {
  issue: '@issue____',
  time: '"@time______"',
  change: '@change___',
  status: '@stat',
  name: '@name',
  category: '"@category____"',
};

const recordedFile = join(
  import.meta.dirname,
  '../../../shared/jira/payloads/mattermost/webhook-issue-updated-started-working.json',
);

/** The recorded body where it is there, one of the same size elsewhere; made to name the bench's issues. */
export function bodyTemplate(): BodyTemplate {
  const body = JSON.parse(existsSync(recordedFile) ? readFileSync(recordedFile, 'utf8') : madeUpBody());
  body.timestamp = places.time.slice(1, -1);
  body.issue.id = places.issue;
  body.issue.self = `${benchSite}/rest/api/2/issue/${places.issue}`;
  body.issue.fields.project = { ...body.issue.fields.project, id: '10000' };
  body.issue.fields.status = {
    ...body.issue.fields.status,
    id: places.status,
    name: places.name,
    statusCategory: {
      ...body.issue.fields.status.statusCategory,
      key: places.category.slice(1, -1),
    },
  };
  body.changelog = { ...body.changelog, id: places.change };
  const bytes = Buffer.from(JSON.stringify(body));
  const at = Object.fromEntries(
    Object.entries(places).map(([name, place]) => [name, placesIn(bytes, place)]),
  );
  const write = (target: Buffer, start: number, name: keyof typeof places, text: string): void => {
    for (const place of at[name] ?? []) target.write(text, start + place, 'latin1');
  };
  return {
    bytes,
    fill(target, start, change) {
      const status = statuses[change.status % statuses.length] ?? statuses[0];
      write(target, start, 'issue', issueIdOf(change.issue));
      write(target, start, 'time', String(1_700_000_000_000 + change.number).padStart(places.time.length));
      write(target, start, 'change', String(1_000_000_000 + change.number));
      write(target, start, 'status', status.id);
      write(target, start, 'name', status.name);
      // Category keys differ in length; what is missing is made up in white space, which JSON does not mind.
      write(target, start, 'category', `"${status.key}"`.padEnd(places.category.length));
    },
  };
}

function placesIn(bytes: Buffer, text: string): number[] {
  const found = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) found.push(at);
  return found;
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
