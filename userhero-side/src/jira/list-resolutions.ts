import type { JiraResolution } from '@userhero/shared/mapping/resolution.ts';
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const pageSize = 50;

const pageSchema = z.object({
  isLast: z.boolean().default(true),
  values: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});

/**
 * The site's resolutions, in Jira's order. jira.js does not have this call.
 *
 * @see Jira Cloud REST v3, `GET /rest/api/3/resolution/search` (scope `read:jira-work`)
 */
export async function listResolutions(client: Pick<Client, 'sendRequest'>): Promise<JiraResolution[]> {
  const found: JiraResolution[] = [];
  for (;;) {
    const { values, isLast } = pageSchema.parse(
      await client.sendRequest({
        url: '/rest/api/3/resolution/search',
        method: 'GET',
        searchParams: { startAt: found.length, maxResults: pageSize },
      }),
    );
    found.push(...values);
    if (isLast || values.length === 0) return found;
  }
}
