import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import { type Mapping, mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import type { JiraResolution } from '@userhero/shared/mapping/resolution.ts';
import { faultsOfSent, type SentMapping, withSavedRows } from '@userhero/shared/mapping/sent-mapping.ts';
import { validateMapping } from '@userhero/shared/mapping/validate-mapping.ts';
import { faultText } from '@userhero/shared/texts/fault-texts.ts';
import { englishFaults } from '@userhero/shared/texts/faults-en.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { openConnected } from '../adapters/adapters.ts';
import { connectionOf } from '../adapters/connection.ts';
import type { OpenJira } from '../jira/jira.ts';
import type { MetadataSource, ProjectMetadata } from '../jira/project-metadata.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { type AdapterRow, toWorkflowShape } from '../store/views.ts';
import { decideLinked, followingReferences, readPresentStatuses } from './linked-items.ts';
import { readVersionSeen, type VersionSeen } from './seen-version.ts';

/** Whoever maps statuses looks for the one that was added in Jira a moment ago. */
const shownForMs = 10 * 60_000;

export type MappingPorts = { db: PrismaClient; openJira: OpenJira; metadata: MetadataSource; now(): Date };

type MappingRow = Pick<
  AdapterRow,
  'mapping' | 'mappingVersion' | 'mappingIsDefault' | 'mappingUpdatedAt' | 'mappingUpdatedBy'
>;

/** The mapping of an adapter with its version, which is the ETag. */
export function readMapping(adapter: MappingRow): Outcome<MappingDocument> {
  return success({
    mapping: mappingSchema.parse(adapter.mapping),
    version: adapter.mappingVersion,
    isDefault: adapter.mappingIsDefault,
    updatedAt: adapter.mappingUpdatedAt.toISOString(),
    updatedBy: adapter.mappingUpdatedBy,
  });
}

/** The Jira side of the mapping editor: statuses in workflow order, priorities, resolutions, issue types. */
export async function readJiraStatuses(
  ports: MappingPorts,
  adapter: AdapterRow,
): Promise<Outcome<JiraStatuses>> {
  const [found, resolutions] = await Promise.all([
    readMetadata(ports, adapter),
    readResolutions(ports, adapter),
  ]);
  if (!found.ok) return found;
  const metadata = found.value;
  return success({
    statuses: metadata.statuses,
    priorities: metadata.priorities,
    resolutions,
    issueTypes: [
      {
        id: adapter.issueTypeId ?? '',
        name: adapter.issueTypeName ?? '',
        requiredFields: metadata.requiredFields,
      },
    ],
  });
}

/**
 * Saves a mapping if its version is still the one that the editor saw. What `sent` leaves out stays as it is saved: the
 * row was read after the editor saw its version, so it is the one of that version, or there is a conflict.
 *
 * Errors: `precondition_required`, `validation_failed` (two versions), `mapping_conflict`,
 * `mapping_invalid` (with the fields).
 */
export async function saveMapping(
  ports: MappingPorts,
  actor: string,
  adapter: AdapterRow,
  seen: VersionSeen,
  sent: SentMapping,
): Promise<Outcome<MappingDocument>> {
  const version = readVersionSeen(seen);
  if (!version.ok) return version;
  const mapping = withSavedRows(sent, mappingSchema.parse(adapter.mapping));
  const [known, resolutions] = await Promise.all([
    readMetadata(ports, adapter),
    namesResolutions(sent) ? readResolutions(ports, adapter) : null,
  ]);
  const { statuses, priorities } = known.ok ? known.value : { statuses: null, priorities: null };
  const workflow = toWorkflowShape(adapter.workflow);
  const found = validateMapping(mapping, workflow, statuses, resolutions, priorities);
  const faults = faultsOfSent(sent, found);
  if (faults.length > 0) {
    const told = faults.map((fault) => ({ ...fault, message: faultText(englishFaults, fault) }));
    return failure({
      code: 'mapping_invalid',
      detail: told.map((fault) => fault.message).join(' '),
      remedy: 'Correct the fields that are named; nothing was saved.',
      errors: told,
    });
  }
  return inTransaction(ports.db, async (tx): Promise<Outcome<MappingDocument>> => {
    const { count } = await tx.adapter.updateMany({
      where: { id: adapter.id, mappingVersion: version.value },
      data: {
        mapping,
        mappingVersion: { increment: 1 },
        mappingIsDefault: false,
        mappingUpdatedAt: ports.now(),
        mappingUpdatedBy: actor,
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
      organizationId: adapter.project.organizationId,
      adapterId: adapter.id,
      code: 'mapping_saved',
      values: {},
      actor,
    });
    return readMapping(await tx.adapter.findUniqueOrThrow({ where: { id: adapter.id } }));
  });
}

const previewRows = 200;

/**
 * Computes what a mapping would do to the items that are linked now, by the rules that apply it; changes nothing.
 * Errors: those of a Jira that cannot be read (`needs_reauth`, `jira_unavailable`, …).
 */
export async function previewMapping(
  ports: MappingPorts,
  adapter: AdapterRow,
  sent: SentMapping,
): Promise<Outcome<MappingPreview>> {
  // Without Jira's statuses it would find that nothing changes, whatever the mapping.
  const found = await readPresentStatuses(ports, adapter);
  if (!found.ok) return found;
  const { connection, statuses } = found.value;
  const { workflow, mapping: present } = connection;
  const mapping = withSavedRows(sent, present);
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
    version: adapter.mappingVersion,
    rows: [...changed, ...others].slice(0, previewRows),
  });
}

/** Whether the site's resolutions have to be read to check what was sent. */
function namesResolutions({ resolutions = {}, resolutionOverrides = [] }: SentMapping): boolean {
  return Object.keys(resolutions).length > 0 || resolutionOverrides.length > 0;
}

/** The resolutions of the adapter's site; `null` while Jira does not tell them. */
async function readResolutions(ports: MappingPorts, adapter: AdapterRow): Promise<JiraResolution[] | null> {
  const connected = await openConnected(ports, adapter);
  const listed = connected.ok ? await connected.value.jira.listResolutions() : connected;
  return listed.ok ? listed.value : null;
}

async function readMetadata(ports: MappingPorts, adapter: AdapterRow): Promise<Outcome<ProjectMetadata>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const connection = connectionOf(adapter);
  return connection.ok
    ? ports.metadata.get(connected.value.jira, connection.value.place, shownForMs)
    : connection;
}
