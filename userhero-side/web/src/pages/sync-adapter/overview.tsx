import { Stack } from '@mantine/core';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { Section } from '../../parts/section.tsx';
import { WaitingLine } from '../../parts/waiting-line.tsx';
import { AdapterActivity } from './adapter-activity.tsx';
import { CallbackError } from './connect-jira.tsx';
import { FailedEvents } from './failed-events.tsx';
import { Health } from './health.tsx';
import { MappingEditor } from './mapping/mapping-editor.tsx';
import { MissingChecks } from './missing-checks.tsx';
import { NewIssues } from './new-issues.tsx';
import { StateNote } from './state-note.tsx';
import { WebhookSetup } from './webhook-setup.tsx';
import { WhatIsSynced } from './what-is-synced.tsx';

type OverviewProps = { adapter: Adapter; workflow: Workflow; callbackError: string | null };

/** An adapter that was set up: how it fares, and everything that can be changed. */
export function Overview({ adapter, workflow, callbackError }: OverviewProps) {
  const connected = adapter.state !== 'disconnected';
  return (
    <Stack gap="md">
      <CallbackError code={callbackError} />
      <StateNote adapter={adapter} />
      <WaitingLine waiting={adapter.waiting} />
      <Health adapter={adapter} />
      {adapter.state === 'active' && (
        <MissingChecks
          adapterId={adapter.id}
          projectId={adapter.jiraProject?.id ?? null}
          issueTypeId={adapter.issueType?.id ?? null}
          // Health says it.
          without="browse_projects"
        />
      )}
      {connected && <FailedEvents adapterId={adapter.id} />}
      {connected && (
        <Section
          id="mapping"
          title="Status Mapping"
          lead="Jira uses status categories rather than exact status names. Each workflow status goes to a category; a change in Jira comes back the same way."
        >
          <MappingEditor adapter={adapter} workflow={workflow} />
        </Section>
      )}
      {connected && <WhatIsSynced adapter={adapter} />}
      {['active', 'paused'].includes(adapter.state) && <NewIssues adapter={adapter} />}
      {connected && <WebhookSetup adapter={adapter} />}
      <AdapterActivity adapterId={adapter.id} />
    </Stack>
  );
}
