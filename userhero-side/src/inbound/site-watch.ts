import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import type { Db } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { SenderScope } from './delivery-facts.ts';
import { createSeenLately } from './seen-lately.ts';

export type SiteWatchPorts = {
  db: PrismaClient;
  /** Queues asking Atlassian for the sites of the grants that know the issue. */
  queueReadSites(db: Db, issueId: string): Promise<void>;
  now(): Date;
};

const hourMs = 60 * 60_000;
/** Looks at one time. In a storm of such events the others pass without one: the first ones tell what is to be told. */
const mostLooks = 8;
/** Addresses that sites are asked for in an hour, so that invented ones cost no more; the daily look comes anyway. */
const mostAsked = 200;

/** Notices events that name a site by an address that no site is known to have at present. */
export type SiteWatch = {
  note(event: SiteEvent, scope: SenderScope, isMatched: boolean): Promise<void>;
};

type SiteEvent = Pick<IssueEvent, 'siteUrl' | 'issueId' | 'issueKey' | 'projectId'>;
type SeenEvent = { event: SiteEvent; scope: SenderScope; isMatched: boolean };

/**
 * A site may be renamed at any time, also back, and its events name the new address at once. So an event of a linked
 * issue under an unknown or former address lets Atlassian be asked, once an hour for each address; only authenticated
 * senders come this far. The event itself is not kept: the comparison that follows finds what it told.
 */
export function createSiteWatch(ports: SiteWatchPorts): SiteWatch {
  const present = createSeenLately(ports.now);
  const asked = createSeenLately(ports.now);
  let looks = 0;

  const isPresent = async (url: string): Promise<boolean> => {
    if (present.has(url)) return true;
    const address = await ports.db.siteAddress.findUnique({ where: { url }, select: { isCurrent: true } });
    if (address?.isCurrent) present.add(url);
    return address?.isCurrent ?? false;
  };

  const look = async (seen: SeenEvent, url: string, issueId: string): Promise<void> => {
    if (await isPresent(url)) return;
    const about = await ports.db.externalReference.findMany({
      where: { issueId, ...(seen.scope.kind === 'adapter' ? { adapterId: seen.scope.adapterId } : {}) },
      select: { adapterId: true, issueKey: true, jiraProjectId: true },
    });
    if (about.length === 0) return;
    if (!seen.isMatched) {
      // Ids are alike on all sites; with key and project alike too, it is likely enough the issue that we know.
      const { issueKey, projectId } = seen.event;
      const same = about.filter((one) => one.issueKey === issueKey && one.jiraProjectId === projectId);
      await ports.db.adapter.updateMany({
        where: { id: { in: same.map(({ adapterId }) => adapterId) } },
        data: { ignoredEvents: { increment: 1 }, ignoredAt: ports.now() },
      });
    }
    if (await mayAsk(ports, url)) await ports.queueReadSites(ports.db, issueId);
    asked.add(url);
  };

  return {
    async note(event, scope, isMatched) {
      const { siteUrl, issueId } = event;
      if (siteUrl === null || issueId === null || present.has(siteUrl)) return;
      if (looks >= mostLooks || (isMatched && asked.has(siteUrl))) return;
      looks += 1;
      try {
        await look({ event, scope, isMatched }, siteUrl, issueId);
      } finally {
        looks -= 1;
      }
    },
  };
}

/** Whether it is an hour since the sites were asked for because of this address, by whichever process, and few others. */
async function mayAsk({ db, now }: SiteWatchPorts, url: string): Promise<boolean> {
  const [at, bound] = [now(), new Date(now().getTime() - hourMs)];
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO unknown_site (url, asked_at) SELECT ${url}, ${at}::timestamptz
    WHERE (SELECT count(*) FROM unknown_site WHERE asked_at > ${bound}) < ${mostAsked}
    ON CONFLICT (url) DO UPDATE SET asked_at = excluded.asked_at WHERE unknown_site.asked_at <= ${bound}
    RETURNING url`;
  return rows.length > 0;
}
