import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import { type Mapping, mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { validateMapping } from '@userhero/shared/mapping/validate-mapping.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { findConnected } from '../adapters/adapters.ts';
import { connectionOf } from '../adapters/connection.ts';
import type { Principal } from '../identity/principal.ts';
import type { OpenJira } from '../jira/jira.ts';
import type { MetadataSource, ProjectMetadata } from '../jira/project-metadata.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { findAdapter } from '../store/ownership.ts';
import { type AdapterRow, toWorkflowShape } from '../store/views.ts';
import { decideLinked, findPresentStatuses, followingReferences } from './linked-items.ts';
import { readVersionSeen, type VersionSeen } from './seen-version.ts';

export type MappingPorts = { db: PrismaClient; openJira: OpenJira; metadata: MetadataSource; now(): Date };

/** Reads the mapping with its version, which is the ETag. */
export async function readMapping(
  db: Db,
  organizationId: string,
  adapterId: string,
): Promise<Outcome<MappingDocument>> {
  const row = await findAdapter(db, organizationId, adapterId);
  return row ? success(toDocument(row)) : notFound('adapter');
}

/** The Jira side of the mapping editor: statuses in workflow order, priorities, issue types. */
export async function readJiraStatuses(
  ports: MappingPorts,
  organizationId: string,
  adapterId: string,
): Promise<Outcome<JiraStatuses>> {
  const found = await findMetadata(ports, organizationId, adapterId);
  if (!found.ok) return found;
  const { metadata, row } = found.value;
  return success({
    statuses: metadata.statuses,
    priorities: metadata.priorities,
    issueTypes: [
      { id: row.issueTypeId ?? '', name: row.issueTypeName ?? '', requiredFields: metadata.requiredFields },
    ],
  });
}

/**
 * Saves a mapping if its version is still the one that the editor saw.
 *
 * Errors: `precondition_required`, `validation_failed` (two versions), `mapping_conflict`, `mapping_invalid` (with the fields), `not_found`.
 */
export async function saveMapping(
  ports: MappingPorts,
  principal: Principal,
  adapterId: string,
  seen: VersionSeen,
  mapping: Mapping,
): Promise<Outcome<MappingDocument>> {
  const row = await findAdapter(ports.db, principal.organizationId, adapterId);
  if (!row) return notFound('adapter');
  const version = readVersionSeen(seen);
  if (!version.ok) return version;
  const faults = validateMapping(mapping, toWorkflowShape(row.workflow), await knownStatuses(ports, row));
  if (faults.length > 0) {
    return failure({
      code: 'mapping_invalid',
      detail: faults.map((fault) => fault.message).join(' '),
      remedy: 'Correct the fields that are named; nothing was saved.',
      errors: faults,
    });
  }
  return inTransaction(ports.db, async (tx): Promise<Outcome<MappingDocument>> => {
    const { count } = await tx.adapter.updateMany({
      where: { id: adapterId, mappingVersion: version.value },
      data: {
        mapping,
        mappingVersion: { increment: 1 },
        mappingIsDefault: false,
        mappingUpdatedAt: ports.now(),
        mappingUpdatedBy: principal.userName,
      },
    });
    if (count === 0) {
      return failure({
        code: 'mapping_conflict',
        detail: 'Somebody else saved this mapping since you opened it.',
        remedy:
          'Read the mapping again, compare, and save with its new ETag. Your version was not saved, nor lost.',
      });
    }
    await recordActivity(tx, {
      organizationId: principal.organizationId,
      adapterId,
      kind: 'mapping_saved',
      summary: 'Mapping saved',
      actor: principal.userName,
    });
    return readMapping(tx, principal.organizationId, adapterId);
  });
}

const previewRows = 200;

/**
 * Computes what a mapping would do to the items that are linked now, by the rules that apply it; changes nothing.
 * Errors: `not_found`, and those of a Jira that cannot be read (`needs_reauth`, `jira_unavailable`, …).
 */
export async function previewMapping(
  ports: MappingPorts,
  organizationId: string,
  adapterId: string,
  mapping: Mapping,
): Promise<Outcome<MappingPreview>> {
  // Without Jira's statuses it would find that nothing changes, whatever the mapping.
  const found = await findPresentStatuses(ports, organizationId, adapterId);
  if (!found.ok) return found;
  const { row, connection, statuses } = found.value;
  const { workflow, mapping: present } = connection;
  const references = await ports.db.externalReference.findMany({
    where: followingReferences(connection),
    include: { item: { select: { title: true, status: true } } },
    orderBy: { id: 'asc' },
  });
  const rows = references.map((reference) => {
    const { status } = reference.item;
    const decide = (by: Mapping) => decideLinked({ mapping: by, workflow, statuses }, status, reference);
    const after = decide(mapping);
    return {
      itemId: reference.itemId,
      title: reference.item.title,
      issueKey: reference.issueKey,
      jiraStatus: reference.knownStatusName,
      status,
      after: after.status,
      before: decide(present).status,
      rule: after.rule,
    };
  });
  const changed = rows.filter((entry) => entry.status !== entry.after);
  const others = rows.filter((entry) => entry.status === entry.after);
  return success({
    linked: rows.length,
    wouldChange: changed.length,
    version: row.mappingVersion,
    rows: [...changed, ...others].slice(0, previewRows),
  });
}

async function knownStatuses(ports: MappingPorts, row: AdapterRow) {
  const found = await findMetadata(ports, row.project.organizationId, row.id);
  return found.ok ? found.value.metadata.statuses : null;
}

async function findMetadata(
  ports: MappingPorts,
  organizationId: string,
  adapterId: string,
): Promise<Outcome<{ metadata: ProjectMetadata; row: AdapterRow }>> {
  const connected = await findConnected(ports, organizationId, adapterId);
  if (!connected.ok) return connected;
  const { row, jira } = connected.value;
  const connection = connectionOf(row);
  if (!connection.ok) return connection;
  const metadata = await ports.metadata.get(jira, connection.value.place);
  return metadata.ok ? success({ metadata: metadata.value, row }) : metadata;
}

function toDocument(row: AdapterRow): MappingDocument {
  return {
    mapping: mappingSchema.parse(row.mapping),
    version: row.mappingVersion,
    isDefault: row.mappingIsDefault,
    updatedAt: row.mappingUpdatedAt.toISOString(),
    updatedBy: row.mappingUpdatedBy,
  };
}
