import type { MappingDocument } from '../contracts/mapping-api.ts';
import type { WorkflowShape } from '../domain/workflow.ts';
import type { JiraStatus } from '../jira/status-category.ts';
import { type FaultTexts, faultText, type ToldFault } from '../texts/fault-texts.ts';
import type { MappingTexts } from '../texts/mapping-en.ts';
import { defaultMapping } from './default-mapping.ts';
import { sameMapping } from './edit-mapping.ts';
import type { Mapping } from './mapping.ts';
import type { JiraPriority } from './priority.ts';
import type { JiraResolution } from './resolution.ts';
import { validateMapping } from './validate-mapping.ts';

/** A mapping while a person edits it. `Refusal` is how a page keeps a save that was refused. */
export type MappingDraft<Refusal> = {
  /** The saved mapping that the edit began with: saving asks that it still be the saved one. */
  readonly base: MappingDocument;
  readonly mapping: Mapping;
  /** What somebody else saved first; the person has to choose between the two. */
  readonly theirs: MappingDocument | null;
  readonly progress: 'idle' | 'saving' | 'saved';
  readonly refusal: Refusal | null;
};

/** What can happen to a draft. */
export type DraftEvent<Refusal> =
  | { kind: 'edited'; mapping: Mapping }
  | { kind: 'undone' }
  | { kind: 'reset'; workflow: WorkflowShape }
  | { kind: 'sent' }
  | { kind: 'saved'; document: MappingDocument }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'conflicted'; theirs: MappingDocument }
  | { kind: 'resolved'; keep: 'mine' | 'theirs' };

/** A draft that nothing has happened to. */
export function startDraft<Refusal>(saved: MappingDocument): MappingDraft<Refusal> {
  return { base: saved, mapping: saved.mapping, theirs: null, progress: 'idle', refusal: null };
}

/** The draft after an event. An edit takes back what the last save came to: it is about another mapping. */
export function changeDraft<Refusal>(
  draft: MappingDraft<Refusal>,
  event: DraftEvent<Refusal>,
): MappingDraft<Refusal> {
  const edited = (mapping: Mapping): MappingDraft<Refusal> => ({
    ...draft,
    mapping,
    progress: 'idle',
    refusal: null,
  });
  switch (event.kind) {
    case 'edited':
      return edited(event.mapping);
    case 'undone':
      return edited(draft.base.mapping);
    case 'reset':
      return edited(defaultMapping(event.workflow));
    case 'sent':
      return { ...draft, progress: 'saving', refusal: null };
    case 'saved':
      return { ...startDraft(event.document), progress: 'saved' };
    case 'refused':
      return { ...draft, progress: 'idle', refusal: event.refusal };
    case 'conflicted':
      return { ...draft, progress: 'idle', theirs: event.theirs };
    case 'resolved': {
      if (!draft.theirs) return draft;
      const { theirs } = draft;
      return {
        ...edited(event.keep === 'mine' ? draft.mapping : theirs.mapping),
        base: theirs,
        theirs: null,
      };
    }
  }
}

/** Whether there is something to save. */
export function isDirty({ mapping, base }: Pick<MappingDraft<unknown>, 'mapping' | 'base'>): boolean {
  return !sameMapping(mapping, base.mapping);
}

/** Whether the mapping is the one that the workflow begins with. */
export function isDefault(
  { mapping }: Pick<MappingDraft<unknown>, 'mapping'>,
  workflow: WorkflowShape,
): boolean {
  return sameMapping(mapping, defaultMapping(workflow));
}

/**
 * What is wrong with a draft, a sentence for each field: what the service would find, since it runs the same code,
 * and what it did find when it refused to save.
 */
export function draftFaults(
  mapping: Mapping,
  told: readonly ToldFault[],
  about: {
    texts: FaultTexts;
    workflow: WorkflowShape;
    jiraStatuses: readonly JiraStatus[] | null;
    jiraResolutions: readonly JiraResolution[] | null;
    jiraPriorities: readonly JiraPriority[] | null;
  },
): ReadonlyMap<string, string> {
  const { workflow, jiraStatuses, jiraResolutions, jiraPriorities } = about;
  const found = validateMapping(mapping, workflow, jiraStatuses, jiraResolutions, jiraPriorities);
  const refused = told.map((fault) => ({ ...fault, field: fault.field.replace(/^mapping\./, '') }));
  const faults = new Map<string, string>();
  for (const fault of [...found, ...refused]) {
    if (!faults.has(fault.field)) faults.set(fault.field, faultText(about.texts, fault));
  }
  return faults;
}

/** The line beside the button that saves. */
export function saveLine(
  { save }: Pick<MappingTexts, 'save'>,
  { faults, dirty, saved }: { faults: number; dirty: boolean; saved: boolean },
): string {
  if (faults > 0) return save.faults(faults);
  if (dirty) return save.dirty;
  return saved ? save.saved : '';
}
