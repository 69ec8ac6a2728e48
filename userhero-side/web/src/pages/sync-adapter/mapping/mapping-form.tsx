import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import {
  changeDraft,
  type DraftEvent,
  draftFaults,
  isDefault,
  isDirty,
  saveLine,
  startDraft,
} from '@userhero/shared/mapping/mapping-draft.ts';
import { resolutionOverrides, statusOverrides } from '@userhero/shared/mapping/override-list.ts';
import { englishMapping } from '@userhero/shared/texts/mapping-en.ts';
import { type FormEvent, useReducer } from 'react';
import { type ApiProblem, problemOf } from '../../../api.ts';
import { fetchMapping, mappingQuery, saveMapping } from '../../../data/mapping.ts';
import { Moment } from '../../../parts/moment.tsx';
import { Note, ProblemNote } from '../../../parts/note.tsx';
import { Person } from '../../../parts/person.tsx';
import { Conflict } from './conflict.tsx';
import { InboundPriorities } from './inbound-priorities.tsx';
import { InboundRules } from './inbound-rules.tsx';
import { OutboundRules } from './outbound-rules.tsx';
import { Overrides } from './overrides.tsx';
import type { Names, PartProps } from './part-props.ts';
import { Preview } from './preview.tsx';
import { PriorityTable } from './priority-table.tsx';
import { Resolutions } from './resolutions.tsx';
import { WhatIf } from './what-if.tsx';

type MappingFormProps = {
  adapterId: string;
  workflow: Workflow;
  saved: MappingDocument;
  jira: JiraStatuses | null;
  settingUp: boolean;
  onSaved?: () => void;
};

/** The mapping editor: live checks, preview, and a save that never overwrites somebody else's unseen. */
export function MappingForm({ adapterId, workflow, saved, jira, settingUp, onSaved }: MappingFormProps) {
  const texts = englishMapping;
  const client = useQueryClient();
  const [draft, dispatch] = useReducer(changeDraft<ApiProblem>, saved, startDraft<ApiProblem>);
  const { base, mapping, theirs, progress, refusal } = draft;
  const save = async (): Promise<void> => {
    dispatch({ kind: 'sent' });
    const result = await trySave(adapterId, mapping, base.version);
    dispatch(result);
    if (result.kind !== 'saved') return;
    client.setQueryData(mappingQuery(adapterId).queryKey, result.document);
    void client.invalidateQueries({ queryKey: ['adapter-activity', adapterId] });
    onSaved?.();
  };
  const faults = draftFaults(mapping, refusal?.errors ?? [], {
    texts: texts.faults,
    workflow,
    jiraStatuses: jira?.statuses ?? null,
    jiraResolutions: jira?.resolutions ?? null,
    jiraPriorities: jira?.priorities ?? null,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (faults.size === 0) void save();
  };
  const names: Names = {
    texts,
    workflow,
    jira,
    jiraStatuses: jira?.statuses ?? [],
    jiraResolutions: jira?.resolutions ?? [],
    jiraPriorities: jira?.priorities ?? [],
  };
  const part: PartProps = {
    mapping,
    names,
    faultOf: (field) => faults.get(field),
    onChange: (edited) => dispatch({ kind: 'edited', mapping: edited }),
  };
  const dirty = isDirty(draft);

  return (
    <form onSubmit={submit} noValidate aria-label={texts.editor.title}>
      <Stack gap="xl">
        {jira === null && (
          <Note tone="warn" title={texts.editor.jiraUnread}>
            <Text size="sm">{texts.editor.jiraUnreadText}</Text>
          </Note>
        )}
        <OutboundRules {...part} />
        <InboundRules {...part} />
        <Overrides {...part} list={statusOverrides(mapping, names)} />
        <Resolutions {...part} />
        <Overrides {...part} list={resolutionOverrides(mapping, names)} />
        <PriorityTable {...part} />
        <InboundPriorities adapterId={adapterId} {...part} />
        <WhatIf mapping={mapping} names={names} />
        <Preview
          adapterId={adapterId}
          mapping={mapping}
          names={names}
          valid={faults.size === 0}
          savedVersion={dirty ? null : base.version}
        />
        {theirs && (
          <Conflict
            adapterId={adapterId}
            mine={mapping}
            theirs={theirs}
            names={names}
            onResolve={(keep) => dispatch({ kind: 'resolved', keep })}
          />
        )}
        {refusal && <ProblemNote problem={{ ...refusal, errors: [] }} title={texts.save.failed} />}
        <Group gap="sm">
          <Button type="submit" loading={progress === 'saving'} disabled={faults.size > 0 || theirs !== null}>
            {texts.save.save}
          </Button>
          {dirty && (
            <Button variant="default" onClick={() => dispatch({ kind: 'undone' })}>
              {texts.save.undo}
            </Button>
          )}
          {!isDefault(draft, workflow) && (
            <Button variant="subtle" onClick={() => dispatch({ kind: 'reset', workflow })}>
              {texts.save.defaults}
            </Button>
          )}
          <Text size="sm" c={faults.size > 0 ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
            {saveLine(texts, { faults: faults.size, dirty, saved: progress === 'saved' })}
          </Text>
        </Group>
        {!settingUp && (
          <Text size="xs" c="dimmed" mt={-12}>
            {base.isDefault ? (
              texts.save.isDefault
            ) : (
              <>
                {texts.save.versionBy(base.version)} <Person who={base.updatedBy} adapterId={adapterId} />
              </>
            )}
            {', '}
            <Moment at={base.updatedAt} />
          </Text>
        )}
      </Stack>
    </form>
  );
}

/** Saves the mapping; if somebody else saved first, reads theirs. */
async function trySave(
  adapterId: string,
  mapping: Mapping,
  version: number,
): Promise<DraftEvent<ApiProblem>> {
  try {
    return { kind: 'saved', document: await saveMapping(adapterId, mapping, version) };
  } catch (error) {
    const refusal = problemOf(error);
    if (refusal.code !== 'mapping_conflict') return { kind: 'refused', refusal };
  }
  try {
    return { kind: 'conflicted', theirs: await fetchMapping(adapterId) };
  } catch (error) {
    return { kind: 'refused', refusal: problemOf(error) };
  }
}
