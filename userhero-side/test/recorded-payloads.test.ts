import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, caller, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { webhookSecret as deploymentSecret } from './support/settings.ts';
import { activityOf, addItem, connectJira, deliveriesOf, newWorkflow, readItem } from './support/steps.ts';

/** Recorded beside the repository, not in it: `../shared` from its root. */
const payloads = new URL('../../../shared/jira/payloads/', import.meta.url);
const index = new URL('index.tsv', payloads);
const shapes = new URL('../../../shared/jira/shapes/', import.meta.url);

type Row = { file: string; event: string; status: string; category: string; change: string };
type Body = {
  issue: {
    id: string;
    self: string;
    key: string;
    fields: { status: { name: string; statusCategory?: unknown } };
  };
};

function readRows(): Row[] {
  if (!existsSync(index)) {
    console.log('Skipped: the recorded webhook bodies are not in ../shared/jira/payloads.');
    return [];
  }
  const [, ...lines] = readFileSync(index, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [file = '', event = '', , , status = '', category = '', change = ''] = line.split('\t');
    return { file, event, status, category, change };
  });
}

const textOf = (row: Row): string => readFileSync(new URL(row.file, payloads), 'utf8');
const bodyOf = (row: Row): Body => JSON.parse(textOf(row));

const rows = readRows();
/** Those with a status item, and the one whose issue is Done although its changelog names a resolution only. */
const statusChanges = rows.filter((row) => row.change !== '' || row.category === 'done');

/** The design's §4 by hand: kind → category → status before → status after. */
const expected: Record<'issues' | 'tickets' | 'leads', Record<string, Record<string, string>>> = {
  issues: {
    new: { open: 'open', 'in-progress': 'open', resolved: 'open', closed: 'open' },
    indeterminate: {
      open: 'in-progress',
      'in-progress': 'in-progress',
      resolved: 'in-progress',
      closed: 'in-progress',
    },
    done: { open: 'resolved', 'in-progress': 'resolved', resolved: 'resolved', closed: 'closed' },
  },
  tickets: {
    new: { new: 'new', 'awaiting-response': 'awaiting-response', 'in-progress': 'new', closed: 'new' },
    indeterminate: { new: 'in-progress', 'awaiting-response': 'in-progress', resolved: 'in-progress' },
    done: { new: 'resolved', 'in-progress': 'resolved', resolved: 'resolved', closed: 'closed' },
  },
  leads: {
    new: { new: 'new', contacted: 'new', won: 'new' },
    indeterminate: { new: 'contacted', qualified: 'qualified', proposal: 'proposal', lost: 'contacted' },
    done: { new: 'won', contacted: 'won', won: 'won', lost: 'lost' },
  },
};
const kinds = ['issues', 'tickets', 'leads'] as const;

describe.skipIf(rows.length === 0)('bodies recorded from real Jira sites, sent to the running intake', () => {
  let harness: Harness;
  let send: Call;
  const connected = new Map<string, { workflow: Workflow; adapter: Adapter }>();

  beforeAll(async () => {
    harness = await startHarness();
    send = caller(harness.origin, {
      authorization: `Bearer ${deploymentSecret}`,
      'content-type': 'application/json',
    });
    for (const kind of kinds) connected.set(kind, await connectJira(harness, { kind }));
  });
  afterAll(() => harness.stop());

  const deliver = (body: unknown) =>
    send<DeliveryAnswer>(
      'POST',
      '/api/webhooks/jira',
      typeof body === 'string' ? body : JSON.stringify(body),
    );

  /** An adapter of a site of its own: one issue can be linked once in a cloud, and many items follow one here. */
  async function adapterElsewhere(kind: (typeof kinds)[number]) {
    const { adapter } = connected.get(kind) ?? (await connectJira(harness, { kind }));
    const { prisma } = harness.database;
    const workflow = await newWorkflow(harness.robin, kind);
    const model = await prisma.adapter.findUniqueOrThrow({ where: { id: adapter.id } });
    const own = {
      id: randomUUID(),
      workflowId: workflow.id,
      cloudId: randomUUID(),
      webhookHash: randomUUID(),
    };
    const { projectId, mappingUpdatedBy, webhookSecret } = model;
    await prisma.adapter.create({
      data: {
        ...own,
        projectId,
        mappingUpdatedBy,
        webhookSecret,
        mapping: model.mapping ?? {},
        state: 'active',
        jiraProjectId: '1',
      },
    });
    return { workflow, ...own };
  }

  /** An item in a status with a reference to the body's issue, as if it had been pushed there. */
  async function linkedItem(kind: (typeof kinds)[number], status: string, body: Body) {
    const { workflow, id: adapterId, cloudId } = await adapterElsewhere(kind);
    const item = await addItem(harness.robin, workflow, { status, title: `${kind} in ${status}` });
    const { organizationId } = await harness.database.prisma.project.findUniqueOrThrow({
      where: { id: workflow.projectId },
    });
    await harness.database.prisma.externalReference.create({
      data: {
        id: randomUUID(),
        organizationId,
        itemId: item.id,
        adapterId,
        cloudId,
        siteUrl: new URL(body.issue.self).origin,
        jiraProjectId: '1',
        issueId: body.issue.id,
        issueKey: body.issue.key,
      },
    });
    return item;
  }

  function settled(itemId: string) {
    return until('the event of the item being applied', async () => {
      const [delivery] = await deliveriesOf(harness, itemId);
      return delivery && delivery.state !== 'pending' && delivery;
    });
  }

  const everythingApplied = () =>
    until('every event being applied', async () => {
      // What waits for a reading goes on waiting: the recorded issues are in no Jira that could be asked.
      const where = { state: 'pending', needsReading: false };
      const waiting = await harness.database.prisma.delivery.count({ where });
      return waiting === 0;
    });

  it('are each accepted, ignored as not needed, or refused with the field, and none breaks anything', async () => {
    const counts = new Map<string, number>();
    const count = (outcome: string) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    for (const row of rows) {
      const body = bodyOf(row);
      if (body.issue?.fields) await linkedItem('issues', 'open', body);
      const answer = await deliver(textOf(row));
      expect([200, 400], `${row.file} answered ${answer.status}`).toContain(answer.status);
      if (answer.status === 400) expect(answer.body).toMatchObject({ code: 'not_an_event', errors: [{}] });
      count(answer.status === 200 ? answer.body.outcome : 'refused');
    }
    const told = [...counts].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
    console.log(`recorded payloads: ${rows.length} sent, ${told}`);
    expect(rows).toHaveLength([...counts.values()].reduce((sum, number) => sum + number, 0));
    const needed = rows.filter((row) => /^jira:issue_(updated|deleted)$/.test(row.event));
    expect(counts.get('accepted')).toBe(needed.length);
    expect(counts.get('ignored')).toBe(rows.length - needed.length);
    await everythingApplied();
    const { prisma } = harness.database;
    expect(await prisma.delivery.count({ where: { error: { not: null } } })).toBe(0);
  });

  it.skipIf(!existsSync(shapes))(
    'and those of other senders are each accepted, by whichever secret',
    async () => {
      const counts = new Map<string, number>();
      const names = readdirSync(shapes).filter((name) => name.endsWith('.json'));
      for (const name of names) {
        const text = readFileSync(new URL(name, shapes), 'utf8');
        const { issue = JSON.parse(text) } = JSON.parse(text);
        await linkedItem('issues', 'open', { issue: { ...issue, id: String(issue.id) } });
        const answer = await deliver(text);
        expect([answer.status, answer.body.outcome], name).toEqual([200, 'accepted']);
        counts.set(answer.body.outcome, (counts.get(answer.body.outcome) ?? 0) + 1);
      }
      const told = [...counts].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
      console.log(`bodies of other senders: ${names.length} sent, ${told}`);
      await everythingApplied();
      // Those that are whole are applied; the others wait, since nobody can be asked here.
      const events = await harness.database.prisma.delivery.findMany({ where: { issueKey: 'SHOP-53' } });
      const outcomes = [...new Set(events.map(({ state, rule }) => `${state} ${rule}`))];
      for (const outcome of ['applied category', 'pending no_status', 'pending transition'])
        expect(outcomes).toContain(outcome);
    },
  );

  it.each(statusChanges)('$file: every item ends in the status that the mapping says', async (row) => {
    const body = bodyOf(row);
    const cases = kinds.flatMap((kind) =>
      Object.entries(expected[kind][row.category] ?? {}).map(([before, after]) => ({ kind, before, after })),
    );
    const items = [];
    for (const { kind, before } of cases) items.push(await linkedItem(kind, before, body));
    const answer = await deliver(textOf(row));
    expect([answer.status, answer.body.outcome]).toEqual([200, 'accepted']);

    for (const [at, item] of items.entries()) {
      const { rule } = await settled(item.id);
      const { status, version, externalReferences } = await readItem(harness.robin, item.id);
      const { kind, before, after } = cases[at] ?? { kind: '', before: '', after: '' };
      expect({ kind, before, status, rule }).toEqual({ kind, before, status: after, rule: 'category' });
      expect(version).toBe(before === after ? 1 : 2);
      expect(externalReferences[0]?.jiraStatus).toBe(row.status);
      const [why] = await activityOf(harness.robin, item.id);
      expect(why).toMatchObject({
        kind: before === after ? 'inbound_skipped' : 'inbound_applied',
        reason: 'category',
      });
      expect(why?.summary).toContain(row.status);
    }
  });

  it.each([
    ['webhook-server-issue-updated-in-progress.json', 'open', 'in-progress', 'name'],
    ['webhook-server-issue-updated-resolved.json', 'in-progress', 'resolved', 'name'],
    ['webhook-issue-updated-started-working.json', 'closed', 'in-progress', 'name'],
    ['webhook-issue-updated-reopened.json', 'resolved', 'resolved', 'unmapped'],
  ])('%s without statusCategory, as old Jira Servers send, falls back to the name', async (file, before, after, rule) => {
    const row = rows.find((candidate) => candidate.file.endsWith(file));
    if (!row) throw new Error(`${file} is not there`);
    const body = bodyOf(row);
    delete body.issue.fields.status.statusCategory;
    const item = await linkedItem('issues', before, body);
    expect((await deliver(body)).body.outcome).toBe('accepted');
    expect((await settled(item.id)).rule).toBe(rule);
    expect((await readItem(harness.robin, item.id)).status).toBe(after);
    const [why] = await activityOf(harness.robin, item.id);
    expect(why?.summary).toContain(row.status);
  });

  it('cut off or bent in any place are refused or ignored, never an error of ours', async () => {
    const [row] = statusChanges;
    const text = row ? textOf(row) : '';
    const bent = [
      text.slice(0, text.length / 2),
      '[]',
      'null',
      '"jira:issue_updated"',
      '{}',
      text.replace('"issue":', '"tissue":'),
      text.replace(/"id": ?"10040"/, '"id": {}'),
      text.replace('jira:issue_updated', ''),
    ];
    for (const body of bent) {
      const { status, body: problem } = await deliver(body);
      expect(status, body.slice(0, 80)).toBe(400);
      expect(problem).toMatchObject({ code: expect.stringMatching(/^(not_json|not_an_event)$/) });
    }
  });
});
