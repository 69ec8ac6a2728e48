import { Stack } from '@mantine/core';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { useState } from 'react';
import { Section } from '../../parts/section.tsx';
import { AbandonSetUp } from './abandon-set-up.tsx';
import { ConnectJira } from './connect-jira.tsx';
import { MappingEditor } from './mapping/mapping-editor.tsx';
import { SelectProject } from './select-project.tsx';
import { SelectSite } from './select-site.tsx';
import { Steps } from './steps.tsx';

type SetUpProps = {
  adapter: Adapter;
  workflow: Workflow;
  callbackError: string | null;
  onProjectChosen: () => void;
  onFinished: () => void;
};

/** Set-up in the product documentation's three steps. */
export function SetUp({ adapter, workflow, callbackError, onProjectChosen, onFinished }: SetUpProps) {
  const [changingSite, setChangingSite] = useState(false);
  const step = adapter.state === 'authorizing' ? 0 : adapter.state === 'choosing' ? 1 : 2;
  const choosesSite = adapter.site === null || changingSite;
  return (
    <Stack gap="md">
      <Steps active={step} labels={['Connect Jira', 'Select a Project', 'Configure Status Mapping']} />
      {step === 0 && <ConnectJira adapter={adapter} callbackError={callbackError} />}
      {step === 1 && choosesSite && <SelectSite adapter={adapter} onChosen={() => setChangingSite(false)} />}
      {step === 1 && !choosesSite && (
        <SelectProject
          adapter={adapter}
          onChosen={onProjectChosen}
          onChangeSite={() => setChangingSite(true)}
        />
      )}
      {step === 2 && (
        <Section
          title="Configure Status Mapping"
          lead={`The defaults fit most projects. Save to start syncing ${adapter.workflowName} with ${adapter.jiraProject?.name ?? 'Jira'}; you can change the mapping at any time.`}
        >
          <MappingEditor adapter={adapter} workflow={workflow} onSaved={onFinished} />
        </Section>
      )}
      {step < 2 && <AbandonSetUp adapter={adapter} />}
    </Stack>
  );
}
