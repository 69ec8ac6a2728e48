import { expect, it } from 'vitest';
import type { MappingDocument } from '../contracts/mapping-api.ts';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import type { JiraStatus } from '../jira/status-category.ts';
import { germanFaults } from '../texts/faults-de.ts';
import { englishFaults } from '../texts/faults-en.ts';
import { englishMapping } from '../texts/mapping-en.ts';
import { defaultMapping } from './default-mapping.ts';
import { withExactStatus, withLanding, withPriority } from './edit-mapping.ts';
import type { Mapping } from './mapping.ts';
import {
  changeDraft,
  type DraftEvent,
  draftFaults,
  isDefault,
  isDirty,
  type MappingDraft,
  saveLine,
  startDraft,
} from './mapping-draft.ts';

const workflow: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const jiraStatuses: JiraStatus[] = [{ id: '5', name: 'Done', category: 'done' }];
const plain = defaultMapping(workflow);
const mine = withLanding(plain, 'done', { status: 'closed' });
const other = withPriority(plain, 'low', 'Trivial');
const documentOf = (mapping: Mapping, version: number): MappingDocument => ({
  mapping,
  version,
  isDefault: false,
  updatedAt: '2026-11-24T10:00:00.000Z',
  updatedBy: 'Robin',
});
const theirs = documentOf(other, 4);

type Refusal = { code: string };
const after = (...events: DraftEvent<Refusal>[]): MappingDraft<Refusal> =>
  events.reduce(changeDraft<Refusal>, startDraft<Refusal>(documentOf(plain, 3)));
const edited = { kind: 'edited', mapping: mine } as const;

it('a draft begins with what is saved, and has nothing to save', () => {
  expect(isDirty(after())).toBe(false);
  expect(isDefault(after(), workflow)).toBe(true);
});

it('an edit can be undone, and the defaults be taken', () => {
  expect(isDirty(after(edited))).toBe(true);
  expect(isDefault(after(edited), workflow)).toBe(false);
  expect(after(edited, { kind: 'undone' })).toEqual(after());
  expect(after(edited, { kind: 'reset', workflow }).mapping).toEqual(plain);
});

it('a save makes the draft the saved one', () => {
  const saved = after(edited, { kind: 'sent' }, { kind: 'saved', document: documentOf(mine, 4) });
  expect(saved).toMatchObject({ mapping: mine, base: { version: 4 }, progress: 'saved', theirs: null });
  expect(isDirty(saved)).toBe(false);
  expect(changeDraft(saved, { kind: 'edited', mapping: other }).progress).toBe('idle');
});

it('a refusal keeps the edit, and goes with the next one', () => {
  const refused = after(edited, { kind: 'sent' }, { kind: 'refused', refusal: { code: 'offline' } });
  expect(refused).toMatchObject({ mapping: mine, progress: 'idle', refusal: { code: 'offline' } });
  expect(changeDraft(refused, { kind: 'edited', mapping: other }).refusal).toBeNull();
});

it('after a conflict neither version is lost, and saving builds on theirs', () => {
  const conflicted = after(edited, { kind: 'sent' }, { kind: 'conflicted', theirs });
  expect(conflicted).toMatchObject({ mapping: mine, theirs, base: { version: 3 } });
  const keeping = changeDraft(conflicted, { kind: 'resolved', keep: 'mine' });
  expect(keeping).toMatchObject({ mapping: mine, theirs: null, base: { version: 4 } });
  expect(isDirty(keeping)).toBe(true);
  const taking = changeDraft(conflicted, { kind: 'resolved', keep: 'theirs' });
  expect(taking).toMatchObject({ mapping: other, theirs: null, base: { version: 4 } });
  expect(isDirty(taking)).toBe(false);
});

it('choosing without a conflict changes nothing', () => {
  expect(after(edited, { kind: 'resolved', keep: 'theirs' })).toEqual(after(edited));
});

it('faults are found here, and those that only the service found stand in its words', () => {
  const wrong = withExactStatus(plain, 'closed', '77');
  const told = [
    { field: 'mapping.outbound.closed.jiraStatusId', message: 'Told as well.' },
    { field: 'mapping.inbound.new.status', message: 'Only the service knows.' },
    { field: 'mapping.overrides.0.jiraStatusId', message: 'Twice.', code: 'override_twice', values: {} },
  ];
  const faults = draftFaults(wrong, told, {
    texts: germanFaults,
    workflow,
    jiraStatuses,
    jiraResolutions: null,
    jiraPriorities: null,
  });
  expect(Object.fromEntries(faults)).toEqual({
    'outbound.closed.jiraStatusId': germanFaults.jira_status_gone({ status: 'Closed' }),
    'inbound.new.status': 'Only the service knows.',
    'overrides.0.jiraStatusId': germanFaults.override_twice({}),
  });
  expect(
    draftFaults(plain, [], {
      texts: englishFaults,
      workflow,
      jiraStatuses: null,
      jiraResolutions: null,
      jiraPriorities: null,
    }).size,
  ).toBe(0);
});

it('the line beside the button says the most urgent thing', () => {
  const line = (faults: number, dirty: boolean, saved: boolean) =>
    saveLine(englishMapping, { faults, dirty, saved });
  expect(line(1, true, false)).toBe('Fix 1 problem above.');
  expect(line(2, true, false)).toBe('Fix 2 problems above.');
  expect(line(0, true, false)).toBe('Not saved yet.');
  expect(line(0, false, true)).toBe('Saved.');
  expect(line(0, false, false)).toBe('');
});
