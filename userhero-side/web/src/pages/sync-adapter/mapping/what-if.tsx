import { NativeSelect, Text } from '@mantine/core';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { type MappingNames, statusName } from '@userhero/shared/mapping/mapping-names.ts';
import { decideInbound, type ReportedJiraStatus } from '@userhero/shared/sync/status/inbound.ts';
import { useState } from 'react';
import { MappingPart } from './mapping-part.tsx';

/** Answers "what would happen if?" with the service's own rules, before anything is saved. */
export function WhatIf({ mapping, names }: { mapping: Mapping; names: MappingNames }) {
  const { texts, workflow, jiraStatuses, jiraResolutions } = names;
  const { whatIf } = texts;
  const [current, setCurrent] = useState(workflow.statuses[0]?.slug ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const [resolutionId, setResolutionId] = useState('');
  const shown = jiraStatuses.find((status) => status.id === chosen) ?? jiraStatuses.at(-1);
  if (!shown) return null;
  const isDone = shown.category === 'done' && jiraResolutions.length > 0;
  const resolution = jiraResolutions.find(({ id }) => id === resolutionId) ?? ('none' as const);
  const jiraStatus: ReportedJiraStatus = isDone ? { ...shown, resolution } : shown;
  const decision = decideInbound({ mapping, workflow, currentStatus: current, jiraStatus, known: null });
  return (
    <MappingPart title={whatIf.title} lead={whatIf.lead}>
      <div className="uh-map">
        <NativeSelect
          label={whatIf.item}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          data={statusChoices(names)}
        />
        <NativeSelect
          label={whatIf.jira}
          value={shown.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={jiraStatuses.map((status) => ({ value: status.id, label: status.name }))}
        />
        {isDone && (
          <NativeSelect
            label={whatIf.resolution}
            value={resolutionId}
            onChange={(event) => setResolutionId(event.currentTarget.value)}
            data={[
              { value: '', label: whatIf.unresolved },
              ...jiraResolutions.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <Text size="sm" role="status" data-whole-line>
          {decision.changes ? whatIf.becomes : whatIf.stays} <b>{statusName(names, decision.status)}</b>:{' '}
          {texts.rules[decision.rule]}.
        </Text>
      </div>
    </MappingPart>
  );
}
