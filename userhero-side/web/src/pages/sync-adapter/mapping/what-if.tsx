import { NativeSelect, Text } from '@mantine/core';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { decideInbound, type InboundRuleName } from '@userhero/shared/sync/status/inbound.ts';
import { useState } from 'react';
import { statusName } from '../../../parts/tag.tsx';
import { MappingPart } from './mapping-part.tsx';

const becauses: Record<InboundRuleName, string> = {
  known: 'the status is known already',
  override: 'an override says so',
  own_target: 'it is the exact target of the present status',
  category: 'the category decides',
  name: 'the names match',
  unmapped: 'no rule covers this Jira status',
};

type WhatIfProps = { mapping: Mapping; workflow: Workflow; jiraStatuses: readonly JiraStatus[] };

/** Answers "what would happen if?" with the service's own rules, before anything is saved. */
export function WhatIf({ mapping, workflow, jiraStatuses }: WhatIfProps) {
  const [current, setCurrent] = useState(workflow.statuses[0]?.slug ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const jiraStatus = jiraStatuses.find((status) => status.id === chosen) ?? jiraStatuses.at(-1);
  if (!jiraStatus) return null;
  const decision = decideInbound({ mapping, workflow, currentStatus: current, jiraStatus, known: null });
  return (
    <MappingPart title="Try it" lead="What the mapping above would do, saved or not.">
      <div className="uh-map">
        <NativeSelect
          label="An item that is"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          data={workflow.statuses.map((status) => ({ value: status.slug, label: status.name }))}
        />
        <NativeSelect
          label="and Jira says"
          value={jiraStatus.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={jiraStatuses.map((status) => ({ value: status.id, label: status.name }))}
        />
        <Text size="sm" role="status" style={{ alignSelf: 'end', paddingBottom: 8 }}>
          {decision.changes ? 'becomes' : 'stays'} <b>{statusName(workflow, decision.status)}</b>:{' '}
          {becauses[decision.rule]}.
        </Text>
      </div>
    </MappingPart>
  );
}
