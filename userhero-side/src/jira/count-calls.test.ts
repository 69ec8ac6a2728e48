import { prices } from '@userhero/shared/limits/prices.ts';
import { describe, expect, it } from 'vitest';
import { countCalls, countTry, pointsOfTry } from './count-calls.ts';
import type { Jira } from './jira.ts';

describe('the points of a try', () => {
  it.each([
    [prices.readIssue, undefined, { id: '1', fields: { labels: ['a', 'b'] } }, 2],
    [prices.readIssues, { issueIdsOrKeys: ['1', '2', '3'] }, { issues: [{}, {}] }, 3],
    [prices.createIssues, { issueUpdates: [{}, {}, {}] }, undefined, 3],
    [prices.listStatuses, undefined, [{}, {}, {}], 4],
    [prices.searchProjects, undefined, undefined, 1],
    [prices.transition, { fields: { labels: [1, 2] } }, undefined, 1],
  ])('are of %o', (price, asked, answered, points) => {
    expect(pointsOfTry(price, asked, answered)).toBe(points);
  });

  it('are taken from the allowance of the conversation, for each try, however many are under way', async () => {
    const conversation = (tries: number) =>
      ({
        readIssue: async () => {
          for (let at = 0; at < tries; at++) {
            await new Promise(setImmediate);
            countTry(undefined, {});
          }
          return { ok: true, value: {} };
        },
      }) as unknown as Jira;
    const taken = [0, 0];
    const counted = taken.map((_, index) =>
      countCalls(conversation(index + 1), {
        take(points) {
          taken[index] = (taken[index] ?? 0) + points;
        },
      }),
    );
    await Promise.all(counted.map((jira) => jira.readIssue('1', { history: false })));
    countTry(undefined, {});
    expect(taken).toEqual([2, 4]);
  });
});
