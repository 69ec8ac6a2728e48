import * as activityFacts from '@userhero/shared/activity/activity-facts.ts';
import * as activityKind from '@userhero/shared/activity/activity-kind.ts';
import * as activity from '@userhero/shared/contracts/activity.ts';
import * as adapter from '@userhero/shared/contracts/adapter.ts';
import * as bulkPush from '@userhero/shared/contracts/bulk-push.ts';
import * as checks from '@userhero/shared/contracts/checks.ts';
import * as delivery from '@userhero/shared/contracts/delivery.ts';
import * as forge from '@userhero/shared/contracts/forge.ts';
import * as health from '@userhero/shared/contracts/health.ts';
import * as item from '@userhero/shared/contracts/item.ts';
import * as link from '@userhero/shared/contracts/link.ts';
import * as mappingApi from '@userhero/shared/contracts/mapping-api.ts';
import * as problem from '@userhero/shared/contracts/problem.ts';
import * as project from '@userhero/shared/contracts/project.ts';
import * as pushWarning from '@userhero/shared/contracts/push-warning.ts';
import * as session from '@userhero/shared/contracts/session.ts';
import * as sync from '@userhero/shared/contracts/sync.ts';
import * as plan from '@userhero/shared/domain/plan.ts';
import * as priority from '@userhero/shared/domain/priority.ts';
import * as workflow from '@userhero/shared/domain/workflow.ts';
import * as jiraStatus from '@userhero/shared/jira/status-category.ts';
import * as mapping from '@userhero/shared/mapping/mapping.ts';
import * as sentMapping from '@userhero/shared/mapping/sent-mapping.ts';
import * as syncRule from '@userhero/shared/sync/rule.ts';
import * as syncSettings from '@userhero/shared/sync/settings.ts';
import { z } from 'zod';

/** Contracts whose own name would say too little, or the wrong thing, among all the others. */
const otherNames: Record<string, string> = {
  deliveryEventSchema: 'Event',
  previewSchema: 'MappingPreview',
  previewRowSchema: 'MappingPreviewRow',
  overrideSchema: 'MappingOverride',
  outboundRuleSchema: 'OutboundRule',
  ruleSchema: 'SyncRule',
  directionSchema: 'SyncDirection',
  onConflictSchema: 'SyncConflictRule',
  saveSyncSchema: 'SaveSyncSettings',
};

const modules = [
  activity,
  activityFacts,
  activityKind,
  adapter,
  bulkPush,
  checks,
  delivery,
  forge,
  health,
  item,
  link,
  mappingApi,
  problem,
  project,
  pushWarning,
  session,
  plan,
  priority,
  workflow,
  jiraStatus,
  mapping,
  sentMapping,
  sync,
  syncRule,
  syncSettings,
];

/** The name of each contract in the document: that of its constant, so `adapterSchema` is `Adapter`. */
const names = new Map<z.core.$ZodType, string>(
  modules
    .flatMap((module) => Object.entries(module))
    .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
    .map(([constant, schema]) => [schema, otherNames[constant] ?? nameOf(constant)]),
);

/** The name of a schema that clients should know by one; a page is named after what it holds. */
export function schemaName(schema: z.core.$ZodType): string | undefined {
  const name = names.get(schema);
  if (name !== undefined || !(schema instanceof z.ZodObject)) return name;
  const { items, nextCursor } = schema.shape as Record<string, z.ZodType>;
  if (!(items instanceof z.ZodArray) || nextCursor === undefined) return undefined;
  const element = names.get(items.element);
  return element === undefined ? undefined : `${element}Page`;
}

function nameOf(constant: string): string {
  const bare = constant.replace(/Schema$/, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
