import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import { parseEvent } from '@userhero/shared/jira/parse-event.ts';
import { isWholeStatus } from '@userhero/shared/jira/read-issue.ts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { answer, fakePorts } from '../../test/fake-ports.ts';
import { forgeEvent } from '../../test/forge-event.ts';
import { deliveryBody } from './delivery-body.ts';
import { reportIssueChange } from './report-issue-change.ts';

it('a status change is reported in one request, with the facts alone', async () => {
  const ports = fakePorts({ remote: answer(200, { outcome: 'accepted' }) });
  expect(await reportIssueChange(ports, forgeEvent)).toBeUndefined();
  expect(ports.sent).toHaveLength(1);
  const [request] = ports.sent;
  expect(request).toMatchObject({ method: 'POST', path: '/api/webhooks/jira' });
  expect(request?.body).not.toMatch(/Ada|Lovelace|reporter-1|creator-1|assignee-1/);
  expect(parseEvent(JSON.parse(request?.body ?? ''))).toEqual(parseEvent(forgeEvent));
});

describe('what UserHero did not accept comes again:', () => {
  const later = (retryAfter: number) => ({
    _retry: true,
    retryOptions: { retryAfter, retryReason: 'FUNCTION_RETRY_REQUEST' },
  });
  it.each([401, 404, 408, 429, 500, 502, 503])('after status %i', async (status) => {
    expect(await reportIssueChange(fakePorts({ remote: answer(status) }), forgeEvent)).toEqual(later(10));
  });
  it('when UserHero cannot be reached', async () => {
    const ports = fakePorts({ remote: new Error('REQUEST_TIMEOUT') });
    expect(await reportIssueChange(ports, forgeEvent)).toEqual(later(10));
  });
  it('when UserHero never answers, before Forge ends the function', async () => {
    vi.useFakeTimers();
    try {
      const ports = { ...fakePorts(), askRemote: () => new Promise<never>(() => {}) };
      const reporting = reportIssueChange(ports, forgeEvent);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await Promise.race([reporting, 'still waiting'])).toEqual(later(10));
    } finally {
      vi.useRealTimers();
    }
  });
  it('later each time, and never later than Forge allows', async () => {
    const waits = await Promise.all(
      [1, 2, 3, 4, 50].map(async (retryCount) => {
        const again = { ...forgeEvent, retryContext: { retryCount } };
        return (await reportIssueChange(fakePorts({ remote: answer(503) }), again))?.retryOptions.retryAfter;
      }),
    );
    expect(waits).toEqual([60, 300, 900, 900, 900]);
  });
  it('not before Retry-After', async () => {
    const busy = answer(503, {}, { 'retry-after': '45' });
    expect(await reportIssueChange(fakePorts({ remote: busy }), forgeEvent)).toEqual(later(45));
  });
});

it('what would be refused every time is told to the log and not sent again', async () => {
  const ports = fakePorts({ remote: answer(400) });
  expect(await reportIssueChange(ports, forgeEvent)).toBeUndefined();
  expect(ports.errors.join()).toContain('10042');
});

it('an event that syncing does not need costs no request', async () => {
  const ports = fakePorts();
  await reportIssueChange(ports, { ...forgeEvent, eventType: 'avi:jira:commented:issue' });
  await reportIssueChange(ports, { eventType: 'avi:jira:updated:issue' });
  expect(ports.sent).toEqual([]);
});

it('UserHero reads from the report the very event that Forge handed in', () => {
  const id = fc.option(fc.stringMatching(/^[\w-]{1,20}$/));
  const name = fc.option(fc.stringMatching(/^[a-zA-Zäöü][ \wäöü]{0,20}$/));
  const category = fc.option(fc.constantFrom('new' as const, 'indeterminate' as const, 'done' as const));
  const status = fc.record({ id, name: fc.stringMatching(/^\w{1,20}$/), category });
  const told = fc.record({
    kind: fc.constantFrom('updated' as const, 'deleted' as const),
    issueId: fc.stringMatching(/^\d{1,10}$/),
    issueKey: fc.option(fc.stringMatching(/^[A-Z]{2,5}-\d{1,4}$/)),
    siteUrl: fc.constant(null),
    cloudId: fc.constant(null),
    projectId: id,
    projectKey: fc.option(fc.stringMatching(/^[A-Z]{2,5}$/)),
    status,
    statusStep: fc.option(fc.record({ fromId: id, fromName: name, toId: id, toName: name })),
    touched: fc.constantFrom(0, 1),
    changelogId: id,
    changedAtMs: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 })),
    actorAccountId: fc.option(fc.stringMatching(/^[\w:-]{1,40}$/)),
  });
  // What a status of Forge's lacks is read in Jira.
  const eventArb = told.map(
    (event): IssueEvent => ({
      ...event,
      touched: event.kind === 'updated' ? event.touched : 0,
      needsReading: event.kind === 'updated' && !isWholeStatus(event.status) ? 'no_status' : null,
    }),
  );
  fc.assert(
    fc.property(eventArb, (event) => {
      expect(parseEvent(JSON.parse(JSON.stringify(deliveryBody(event))))).toEqual({
        kind: 'event',
        shape: 'forge',
        event,
      });
    }),
  );
});
