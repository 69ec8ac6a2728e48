import type { Site } from '@userhero/shared/contracts/adapter.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Db } from '../store/db.ts';

/**
 * Takes over a site's present address and name: adapters and references of its cloud id follow, in every
 * organization, since a site is the same for all of them. Former addresses are kept: an event may have been sent
 * before the change, or by a rule that still names the old one. An address belongs to the site that had it last.
 *
 * @param site as Atlassian lists it for a grant that covers it; nobody else is believed
 * @returns the adapters whose site has another address now
 */
export async function followSite(tx: Db, site: Site): Promise<string[]> {
  await tx.siteAddress.upsert({
    where: { url: site.url },
    create: { url: site.url, cloudId: site.cloudId },
    update: { cloudId: site.cloudId, isCurrent: true },
  });
  await tx.siteAddress.updateMany({
    where: { cloudId: site.cloudId, url: { not: site.url }, isCurrent: true },
    data: { isCurrent: false },
  });
  await tx.externalReference.updateMany({
    where: { cloudId: site.cloudId, siteUrl: { not: site.url } },
    data: { siteUrl: site.url },
  });
  const moved = await tx.adapter.findMany({
    where: { cloudId: site.cloudId, siteUrl: { not: site.url } },
    select: { id: true, siteUrl: true, project: { select: { organizationId: true } } },
  });
  await tx.adapter.updateMany({
    where: { cloudId: site.cloudId, OR: [{ siteUrl: { not: site.url } }, { siteName: { not: site.name } }] },
    data: { siteUrl: site.url, siteName: site.name, ignoredEvents: 0, ignoredAt: null },
  });
  await recordActivity(
    tx,
    ...moved.map((adapter) => ({
      organizationId: adapter.project.organizationId,
      adapterId: adapter.id,
      code: 'site_changed' as const,
      values: { from: adapter.siteUrl ?? '', to: site.url },
      actor: 'UserHero',
    })),
  );
  return moved.map((adapter) => adapter.id);
}
