import type { ExternalReference, Item, Push, PushWarning } from '@userhero/shared/contracts/item.ts';
import { pushFailureSchema, pushWarningSchema } from '@userhero/shared/contracts/item.ts';
import type { Project, Workflow } from '@userhero/shared/contracts/project.ts';
import { readPushWarning } from '@userhero/shared/contracts/push-warning.ts';
import type { HeldThing } from '@userhero/shared/contracts/sync.ts';
import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { type Plan, planIncludesJira, planSchema } from '@userhero/shared/domain/plan.ts';
import {
  type WorkflowShape,
  workflowKindSchema,
  workflowStatusSchema,
} from '@userhero/shared/domain/workflow.ts';
import { warningText } from '@userhero/shared/texts/warnings.ts';
import { z } from 'zod';
import { type Prisma, Prisma as PrismaValues } from './generated/client.ts';
import { presentHolds } from './present-holds.ts';
import { presentStatusHold } from './present-status-hold.ts';
import type { FindWait } from './waiting.ts';

const statusesSchema = z.array(workflowStatusSchema);

/** What the mapping core needs to know of a stored workflow. */
export function toWorkflowShape(row: { kind: string; statuses: unknown }): WorkflowShape {
  return { kind: workflowKindSchema.parse(row.kind), statuses: statusesSchema.parse(row.statuses) };
}

/** The plan of a stored project. */
export function toPlan(row: { plan: string }): Plan {
  return planSchema.parse(row.plan);
}

type WorkflowRow = Prisma.WorkflowGetPayload<{ include: { _count: { select: { items: true } } } }>;

export function toWorkflow(row: WorkflowRow): Workflow {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    ...toWorkflowShape(row),
    statuses: [...toWorkflowShape(row).statuses],
    itemCount: row._count.items,
  };
}

export function toProject(row: {
  id: string;
  name: string;
  plan: string;
  workflows: WorkflowRow[];
}): Project {
  const plan = toPlan(row);
  return {
    id: row.id,
    name: row.name,
    plan,
    jiraIncluded: planIncludesJira(plan),
    workflows: row.workflows.map(toWorkflow),
  };
}

/** What every read of an item brings along. */
export const itemInclude = {
  workflow: { select: { projectId: true, kind: true, statuses: true } },
  reference: {
    include: {
      adapter: {
        select: { state: true, cloudId: true, jiraProjectId: true, sync: true, sendChanges: true },
      },
      syncBases: { where: { hold: { not: PrismaValues.AnyNull } }, select: { thing: true, hold: true } },
    },
  },
  pushes: { orderBy: { createdAt: 'desc' as const }, take: 1 },
} satisfies Prisma.ItemInclude;

/** An item as every read of one brings it. */
export type ItemRow = Prisma.ItemGetPayload<{ include: typeof itemInclude }>;
type StoredReference = NonNullable<ItemRow['reference']>;
type ReferenceRow = Omit<StoredReference, 'syncBases' | 'adapter'> & {
  adapter: Pick<StoredReference['adapter'], 'state' | 'cloudId' | 'jiraProjectId'>;
};

/** Where people find an issue. */
export function issueUrl(siteUrl: string, key: string): string {
  return `${siteUrl}/browse/${key}`;
}

export function toReference(row: ReferenceRow): ExternalReference {
  const connected =
    row.adapter.state !== 'disconnected' &&
    row.adapter.cloudId === row.cloudId &&
    (row.adapter.jiraProjectId === row.jiraProjectId || row.state === 'issue_moved');
  const stored = row.state as ExternalReference['state'];
  return {
    provider: 'jira',
    key: row.issueKey,
    url: issueUrl(row.siteUrl, row.issueKey),
    jiraStatus: row.knownStatusName,
    state: stored === 'active' && !connected ? 'disconnected' : stored,
    holds: [],
  };
}

/** A reference that was saved a moment ago, when nothing could have happened to it yet. */
export function toNewReference(row: {
  issueKey: string;
  siteUrl: string;
  jiraStatus: string | null;
}): ExternalReference {
  const { issueKey, siteUrl, jiraStatus } = row;
  const url = issueUrl(siteUrl, issueKey);
  return { provider: 'jira', key: issueKey, url, jiraStatus, state: 'active', holds: [] };
}

type PushRow = Pick<
  ItemRow['pushes'][number],
  'id' | 'itemId' | 'state' | 'warnings' | 'failure' | 'createdAt'
>;

/** A warning as stored: with its values, or, before that, with its sentence. */
const storedWarningSchema = pushWarningSchema.extend({ message: z.string().default('') });

function toWarning(stored: PushWarning): PushWarning {
  const fact = readPushWarning(stored);
  return fact ? { ...fact, message: warningText('en', fact) } : stored;
}

export function toPush(
  row: PushRow,
  reference: ExternalReference | null,
  waiting: Push['waiting'] = null,
): Push {
  return {
    id: row.id,
    itemId: row.itemId,
    state: row.state as Push['state'],
    statusUrl: `/api/pushes/${row.id}`,
    reference,
    warnings: z.array(storedWarningSchema).parse(row.warnings).map(toWarning),
    failure: row.failure === null ? null : pushFailureSchema.parse(row.failure),
    waiting,
    createdAt: row.createdAt.toISOString(),
  };
}

export function toItem(row: ItemRow, waitOf: FindWait): Item {
  const reference = row.reference
    ? { ...toReference(row.reference), holds: holdsOf(row, row.reference) }
    : null;
  const [latest] = row.pushes;
  const ofPush = latest ? waitOfPush(latest, waitOf) : null;
  const ofReference = waitOf('visit', row.reference?.id) ?? waitOf('push-follow-up', row.reference?.id);
  return {
    id: row.id,
    workflowId: row.workflowId,
    projectId: row.workflow.projectId,
    ...itemValuesSchema.parse(row),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    externalReferences: reference ? [reference] : [],
    latestPush: latest ? toPush(latest, reference, ofPush) : null,
    waiting: ofPush ?? ofReference,
  };
}

/** What a push that has not ended waits for, alone or with its bulk push. */
export function waitOfPush(
  push: { id: string; state: string; bulkPushId: string | null },
  waitOf: FindWait,
): Push['waiting'] {
  return push.state === 'pending' ? (waitOf('push', push.id) ?? waitOf('bulk-push', push.bulkPushId)) : null;
}

function holdsOf(item: ItemRow, reference: NonNullable<ItemRow['reference']>): HeldThing[] {
  const status = presentStatusHold({
    ...reference,
    itemStatus: item.status,
    statuses: toWorkflowShape(item.workflow).statuses,
    answer: reference.syncBases.find(({ thing }) => thing === 'status')?.hold,
    at: reference.lastReceivedAt ?? reference.updatedAt,
  });
  return [...(status ? [status] : []), ...presentHolds(item, reference.syncBases, reference.adapter)];
}

/** What every read of an adapter brings along. */
export const adapterInclude = {
  project: { select: { plan: true, organizationId: true } },
  workflow: { select: { name: true, kind: true, statuses: true } },
  grant: {
    select: {
      id: true,
      accountId: true,
      accountName: true,
      state: true,
      accessExpiresAt: true,
      scopes: true,
    },
  },
  _count: { select: { references: true } },
} satisfies Prisma.AdapterInclude;

export type AdapterRow = Prisma.AdapterGetPayload<{ include: typeof adapterInclude }>;
