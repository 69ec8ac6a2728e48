import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { sameMapping } from '@userhero/shared/mapping/edit-mapping.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { validateMapping } from '@userhero/shared/mapping/validate-mapping.ts';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../../api.ts';
import { fetchMapping, mappingQuery, saveMapping } from '../../../data/mapping.ts';
import { Moment } from '../../../parts/moment.tsx';
import { Note, ProblemNote } from '../../../parts/note.tsx';
import { Person } from '../../../parts/person.tsx';
import { Conflict } from './conflict.tsx';
import { InboundRules } from './inbound-rules.tsx';
import { OutboundRules } from './outbound-rules.tsx';
import { Overrides } from './overrides.tsx';
import { Preview } from './preview.tsx';
import { PriorityTable } from './priority-table.tsx';
import { WhatIf } from './what-if.tsx';

/** What every part of the form gets. `faultOf` finds the message beside a field. */
export type MappingPartProps = {
  mapping: Mapping;
  workflow: Workflow;
  jira: JiraStatuses | null;
  faultOf: (field: string) => string | undefined;
  onChange: (mapping: Mapping) => void;
};

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
  const [base, setBase] = useState(saved);
  const [draft, setDraft] = useState(saved.mapping);
  const [theirs, setTheirs] = useState<MappingDocument | null>(null);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => saveMapping(adapterId, draft, base.version),
    onSuccess: (document) => {
      setBase(document);
      setDraft(document.mapping);
      client.setQueryData(mappingQuery(adapterId).queryKey, document);
      void client.invalidateQueries({ queryKey: ['adapter-activity', adapterId] });
      onSaved?.();
    },
    onError: async (error) => {
      if (problemOf(error).code === 'mapping_conflict') setTheirs(await fetchMapping(adapterId));
    },
  });
  const faults = [
    ...validateMapping(draft, workflow, jira?.statuses ?? null),
    ...(save.error?.problem.errors ?? []).map((fault) => ({
      ...fault,
      field: fault.field.replace(/^mapping\./, ''),
    })),
  ];
  const faultOf = (field: string): string | undefined =>
    faults.find((fault) => fault.field === field)?.message;
  const change = (mapping: Mapping): void => {
    setDraft(mapping);
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (faults.length === 0) save.mutate();
  };
  const part: MappingPartProps = { mapping: draft, workflow, jira, faultOf, onChange: change };
  const dirty = !sameMapping(draft, base.mapping);
  const otherProblem =
    save.error && save.error.problem.code !== 'mapping_conflict' ? save.error.problem : null;

  return (
    <form onSubmit={submit} noValidate aria-label="Status mapping">
      <Stack gap="xl">
        {jira === null && (
          <Note tone="warn" title="Jira’s statuses cannot be read just now">
            <Text size="sm">Categories can be mapped without them; exact statuses need the connection.</Text>
          </Note>
        )}
        <OutboundRules {...part} />
        <InboundRules {...part} />
        <Overrides {...part} />
        <PriorityTable {...part} />
        <WhatIf mapping={draft} workflow={workflow} jiraStatuses={jira?.statuses ?? []} />
        <Preview
          adapterId={adapterId}
          mapping={draft}
          workflow={workflow}
          valid={faults.length === 0}
          savedVersion={dirty ? null : base.version}
        />
        {theirs && (
          <Conflict
            adapterId={adapterId}
            mine={draft}
            theirs={theirs}
            workflow={workflow}
            jiraStatuses={jira?.statuses ?? []}
            onResolve={(mapping) => {
              setBase(theirs);
              setDraft(mapping);
              setTheirs(null);
              save.reset();
            }}
          />
        )}
        {otherProblem && <ProblemNote problem={{ ...otherProblem, errors: [] }} title="Not saved" />}
        <Group gap="sm">
          <Button type="submit" loading={save.isPending} disabled={faults.length > 0 || theirs !== null}>
            Save mapping
          </Button>
          {dirty && (
            <Button variant="default" onClick={() => change(base.mapping)}>
              Undo changes
            </Button>
          )}
          {!sameMapping(draft, defaultMapping(workflow)) && (
            <Button variant="subtle" onClick={() => change(defaultMapping(workflow))}>
              Use the defaults
            </Button>
          )}
          <Text size="sm" c={faults.length > 0 ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
            {faults.length > 0
              ? `${faults.length} ${faults.length === 1 ? 'thing' : 'things'} to repair above.`
              : dirty
                ? 'Not saved yet.'
                : save.isSuccess
                  ? 'Saved.'
                  : ''}
          </Text>
        </Group>
        {!settingUp && (
          <Text size="xs" c="dimmed" mt={-12}>
            {base.isDefault ? (
              'The default mapping'
            ) : (
              <>
                Version {base.version}, by <Person who={base.updatedBy} adapterId={adapterId} />
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
