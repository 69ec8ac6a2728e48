import { formerJiraUser } from '@userhero/shared/jira/account-id.ts';
import type { ConnectPorts } from '../adapters/connect-ports.ts';
import { markNeedsReauth } from '../adapters/mark-needs-reauth.ts';
import type { OpenJira } from '../jira/jira.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { ReportAnswer } from './report-accounts.ts';

export type FindingPorts = { db: PrismaClient; openJira: OpenJira } & Pick<ConnectPorts, 'wakeWaiting'>;

/**
 * Does what Atlassian's answer to one report asks for, and notes when these accounts are reported again: a closed
 * account disappears, of a changed one the name is read again. Once more is no harm.
 */
export async function applyFindings(
  ports: FindingPorts,
  reported: readonly string[],
  { findings, cycleDays }: ReportAnswer,
  now: Date,
): Promise<void> {
  const having = (status: 'closed' | 'updated') =>
    findings.filter((one) => one.status === status).map((one) => one.accountId);
  const [closed, updated] = [having('closed'), having('updated')];
  await endGrantsOf(ports, closed);
  const names = await readNamesAgain(ports, updated);
  await inTransaction(ports.db, async (tx) => {
    await erase(tx, closed);
    for (const { grantId, name } of names) {
      await tx.grant.updateMany({ where: { id: grantId }, data: { accountName: name } });
    }
    await tx.reportedAccount.updateMany({
      where: { accountId: { in: [...reported] } },
      data: { nextReportAt: new Date(now.getTime() + cycleDays * 86_400_000) },
    });
    await tx.reportedAccount.updateMany({ where: { accountId: { in: updated } }, data: { keptSince: now } });
  });
}

/** Nobody can use a closed account's grant; its adapters say so, and somebody else reconnects them. */
async function endGrantsOf(ports: FindingPorts, accountIds: string[]): Promise<void> {
  const grants = await ports.db.grant.findMany({
    where: { accountId: { in: accountIds } },
    select: { id: true },
  });
  for (const { id } of grants) await markNeedsReauth(ports, id);
}

/** Ids become "a former Jira user"; grants go with their names and tokens. */
async function erase(tx: Db, accountIds: string[]): Promise<void> {
  if (accountIds.length === 0) return;
  const grants = await tx.grant.findMany({ where: { accountId: { in: accountIds } } });
  for (const { organizationId, accountName } of grants) {
    if (accountName === '') continue;
    // Consents of before told the name in the activity; problems name the account that lacks a permission.
    await tx.$executeRaw`UPDATE activity SET summary = replace(summary, ${accountName}, 'A former Jira user')
      WHERE organization_id = ${organizationId} AND strpos(summary, ${accountName}) > 0`;
    const inJson = JSON.stringify(accountName).slice(1, -1);
    await tx.$executeRaw`UPDATE activity SET "values" = replace("values"::text, ${inJson}, 'A former Jira user')::jsonb
      WHERE organization_id = ${organizationId} AND strpos("values"::text, ${inJson}) > 0`;
  }
  await tx.grant.deleteMany({ where: { accountId: { in: accountIds } } });
  await tx.$executeRaw`UPDATE delivery SET actor = ${formerJiraUser} WHERE actor = ANY(${accountIds})`;
  await tx.$executeRaw`UPDATE activity SET actor = ${formerJiraUser} WHERE actor = ANY(${accountIds})`;
  await tx.adapter.updateMany({
    where: { mappingUpdatedBy: { in: accountIds } },
    data: { mappingUpdatedBy: formerJiraUser },
  });
  // A field that named somebody wants somebody else: without a value, the adapter's checks ask for one.
  await tx.$executeRaw`UPDATE adapter SET fixed_fields = (
      SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(fixed_fields)
      WHERE NOT jsonb_path_exists(value, '$.**.accountId ? (@ == $ids[*])', jsonb_build_object('ids', ${accountIds}::text[])))
    WHERE jsonb_path_exists(fixed_fields, '$.**.accountId ? (@ == $ids[*])', jsonb_build_object('ids', ${accountIds}::text[]))`;
  await tx.reportedAccount.deleteMany({ where: { accountId: { in: accountIds } } });
}

/** The names of changed accounts, each by its own grant; the account id alone where it cannot be read. */
async function readNamesAgain({ db, openJira }: FindingPorts, accountIds: string[]) {
  const grants = await db.grant.findMany({
    where: { accountId: { in: accountIds } },
    include: { adapters: { select: { cloudId: true } } },
  });
  const names: { grantId: string; name: string }[] = [];
  for (const { id: grantId, accountId, adapters } of grants) {
    const cloudId = adapters.find((one) => one.cloudId !== null)?.cloudId ?? null;
    const person = cloudId === null ? null : await (await openJira(grantId, cloudId)).myself();
    names.push({ grantId, name: person?.ok ? person.value.name : accountId });
  }
  return names;
}
