import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSoundAnswer, nasty, placesIn, withValueAt } from '../../test/hostile.ts';
import { parseEvent } from './parse-event.ts';

/** Recorded beside the repository, not in it: `../shared` from its root. */
const payloads = new URL('../../../../shared/jira/payloads/', import.meta.url);
const index = new URL('index.tsv', payloads);

type Row = Record<'file' | 'webhookEvent' | 'key' | 'status' | 'category' | 'status_change', string>;

function readRows(): Row[] {
  if (!existsSync(index)) {
    console.log('Skipped: the recorded webhook bodies are not in ../shared/jira/payloads.');
    return [];
  }
  const [head = '', ...lines] = readFileSync(index, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as Row;
  });
}

const readBody = (row: Row) => JSON.parse(readFileSync(new URL(row.file, payloads), 'utf8'));

const rows = readRows();
const needed: Record<string, string> = { 'jira:issue_updated': 'updated', 'jira:issue_deleted': 'deleted' };

describe.skipIf(rows.length === 0)('bodies recorded from real Jira sites', () => {
  it('are all there', () => {
    expect(rows).toHaveLength(37);
  });

  it.each(rows)('$file', (row) => {
    const body = readBody(row);
    const parsed = parseEvent(body);
    const kind = needed[row.webhookEvent];
    if (!kind) {
      expect(parsed).toEqual({ kind: 'not_needed', eventName: row.webhookEvent });
      return;
    }
    if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
    const { event } = parsed;
    expect(event).toMatchObject({
      kind,
      issueKey: row.key,
      issueId: body.issue.id,
      status: { id: body.issue.fields.status.id, name: row.status, category: row.category },
      changelogId: body.changelog?.id ?? null,
      changedAtMs: body.timestamp,
      siteUrl: new URL(body.issue.self).origin,
    });
    const step = event.statusStep;
    expect(step ? `${step.fromName} -> ${step.toName}` : '').toBe(row.status_change);
    expect(JSON.stringify(event)).not.toMatch(/@|Test User/);
  });

  it('with anything in any of their places never make the parser throw', () => {
    const mutated = fc
      .constantFrom(...rows.map(readBody))
      .chain((body) =>
        fc
          .tuple(fc.constantFrom(...placesIn(body)), nasty)
          .map(([place, value]) => withValueAt(body, place, value)),
      );
    fc.assert(fc.property(mutated, expectSoundAnswer), { numRuns: 1_000 });
  });
});
