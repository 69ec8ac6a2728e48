import type { PushWarningFact } from '@userhero/shared/contracts/push-warning.ts';
import type { ItemValues } from '@userhero/shared/domain/item-values.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { toConverted } from '@userhero/shared/sync/description/description.ts';
import {
  type Description,
  type DescriptionForm,
  richForm,
} from '@userhero/shared/sync/description/to-description.ts';
import { sends } from '@userhero/shared/sync/rule.ts';
import type { SyncSettings } from '@userhero/shared/sync/settings.ts';
import type { Context, Converted } from '@userhero/shared/sync/thing.ts';
import { fieldThings } from '@userhero/shared/sync/things.ts';
import type { SyncWarning } from '@userhero/shared/sync/warning.ts';
import { itemPropertyKey, type NewIssue } from '../jira/jira.ts';
import type { Place, ProjectMetadata } from '../jira/project-metadata.ts';
import type { WriteDescription } from './write-description.ts';

export type IssueSource = {
  item: ItemValues & { id: string };
  itemUrl: string;
  mapping: Mapping;
  /** How things go on being synced: what will be sent later is sent now too. */
  settings: SyncSettings;
  place: Pick<Place, 'projectId' | 'issueTypeId'>;
  fixedFields: Record<string, unknown>;
  metadata: ProjectMetadata;
};

/** An issue as it is created, with what was left out of it. */
export type ComposedIssue = {
  issue: NewIssue;
  warnings: PushWarningFact[];
  /** The description that the create screen has no field for; an edit may take it. */
  unsent: Description | null;
};

/**
 * Composes the issue that a push creates, of every field in the list of things that is always sent, or that is synced to
 * Jira. What does not fit is left out, shortened or simplified with a warning, so that a field of less weight never keeps
 * the issue from being created.
 */
export async function composeIssue(
  write: WriteDescription,
  source: IssueSource,
  form: DescriptionForm = richForm,
): Promise<ComposedIssue> {
  const { item, itemUrl, metadata, mapping, settings } = source;
  const description = await write(item.description, itemUrl, form);
  const context: Context = {
    mapping,
    priorities: metadata.priorities,
    fields: metadata.fieldIds,
    itemUrl,
    descriptionForm: form,
  };
  const fields: Record<string, unknown> = {};
  const warnings: PushWarningFact[] = [];
  for (const thing of fieldThings) {
    const isSent = thing.onCreate === 'always' || sends(settings[thing.name]);
    const here = thing.readHere(item);
    if (!isSent || thing.hereText(here) === '') continue;
    const isOnScreen = thing.jiraFields.every((field) => metadata.fieldIds.includes(field));
    const made: Converted<unknown> =
      thing.name === 'description' ? toConverted(description) : thing.toJira(here, context);
    if (made.kind === 'none') warnings.push(...toWarnings([made.why]));
    else if (thing.onCreate === 'when-sent' && !isOnScreen)
      warnings.push({ code: 'not_on_screen', values: { field: thing.name } });
    else {
      warnings.push(...toWarnings(made.warnings));
      if (made.value !== null && (isOnScreen || thing.name !== 'description'))
        Object.assign(fields, thing.edit(made.value, undefined).fields);
    }
  }
  return {
    issue: {
      fields: {
        project: { id: source.place.projectId },
        issuetype: { id: source.place.issueTypeId },
        ...withFixedFields(fields, source.fixedFields),
      },
      properties: [{ key: itemPropertyKey, value: { itemId: item.id, url: itemUrl } }],
    },
    warnings,
    unsent: metadata.fieldIds.includes('description') ? null : description,
  };
}

/** Fixed values outrank the item's, but for labels, which add up. */
function withFixedFields(fields: Record<string, unknown>, fixed: Readonly<Record<string, unknown>>) {
  const { labels } = fields;
  const both = Array.isArray(labels) && Array.isArray(fixed.labels) ? [...fixed.labels, ...labels] : null;
  return { ...fields, ...fixed, ...(both ? { labels: [...new Set(both)] } : {}) };
}

/** The warnings as a push tells them; what only comes back from Jira is never among them. */
function toWarnings(warnings: readonly SyncWarning[]): PushWarningFact[] {
  return warnings.flatMap((warning) =>
    warning.code === 'priority_unmapped' || warning.code === 'not_for_items' ? [] : [warning],
  );
}
