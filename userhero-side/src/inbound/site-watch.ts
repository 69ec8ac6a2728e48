import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import type { Db } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { SenderScope } from './delivery-facts.ts';

export type SiteWatchPorts = {
  db: PrismaClient;
  /** Queues asking Atlassian for the sites of the grants that know the issue. */
  queueReadSites(db: Db, issueId: string): Promise<void>;
  now(): Date;
};

const hourMs = 60 * 60_000;
/** How long an address counts as present without a look. */
const rememberedMs = 60_000;
/** Addresses that are remembered as present; a deployment has fewer sites, and forgetting costs a look. */
const mostRemembered = 1_000;

/** Notices events that name a site by an address that no site is known to have at present. */
export type SiteWatch = {
  note(
    event: Pick<IssueEvent, 'siteUrl' | 'issueId' | 'issueKey' | 'projectId'>,
    scope: SenderScope,
    isMatched: boolean,
  ): Promise<void>;
};

/**
 * A site may be renamed at any time, also back, and its events name the new address at once. So an event of a linked
 * issue under an unknown or former address lets Atlassian be asked, once an hour for each address; only authenticated
 * senders come this far. The event itself is not kept: the comparison that follows finds what it told.
 */
export function createSiteWatch(ports: SiteWatchPorts): SiteWatch {
  const known = new Map<string, number>();

  const isPresent = async (url: string): Promise<boolean> => {
    const until = known.get(url);
    if (until !== undefined && until > ports.now().getTime()) return true;
    const address = await ports.db.siteAddress.findUnique({ where: { url }, select: { isCurrent: true } });
    if (!address?.isCurrent) return false;
    if (known.size >= mostRemembered) known.clear();
    known.set(url, ports.now().getTime() + rememberedMs);
    return true;
  };

  return {
    async note({ siteUrl, issueId, issueKey, projectId }, scope, isMatched) {
      if (siteUrl === null || issueId === null || (await isPresent(siteUrl))) return;
      const about = await ports.db.externalReference.findMany({
        where: { issueId, ...(scope.kind === 'adapter' ? { adapterId: scope.adapterId } : {}) },
        select: { adapterId: true, issueKey: true, jiraProjectId: true },
      });
      if (about.length === 0) return;
      if (!isMatched) {
        // Ids are alike on all sites; with key and project alike too, it is likely enough the issue that we know.
        const same = about.filter((one) => one.issueKey === issueKey && one.jiraProjectId === projectId);
        await ports.db.adapter.updateMany({
          where: { id: { in: same.map(({ adapterId }) => adapterId) } },
          data: { ignoredEvents: { increment: 1 }, ignoredAt: ports.now() },
        });
      }
      if (await mayAsk(ports, siteUrl)) await ports.queueReadSites(ports.db, issueId);
    },
  };
}

/** Whether it is an hour since the sites were asked for because of this address, by whichever process. */
async function mayAsk({ db, now }: SiteWatchPorts, url: string): Promise<boolean> {
  const [at, bound] = [now(), new Date(now().getTime() - hourMs)];
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO unknown_site (url, asked_at) VALUES (${url}, ${at})
    ON CONFLICT (url) DO UPDATE SET asked_at = excluded.asked_at WHERE unknown_site.asked_at <= ${bound}
    RETURNING url`;
  return rows.length > 0;
}
