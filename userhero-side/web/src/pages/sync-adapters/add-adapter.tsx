import { Button, Menu, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Project } from '@userhero/shared/contracts/project.ts';
import { type FormEvent, useState } from 'react';
import { addJiraAdapter } from '../../data/adapters.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { PlusIcon, SyncIcon } from '../../parts/icons.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';

type AddAdapterProps = { project: Project; adapters: Adapter[] };

/** Add Adapter → Jira: choose the workflow, then go to Atlassian's consent page. */
export function AddAdapter({ project, adapters }: AddAdapterProps) {
  const [open, dialog] = useDisclosure(false);
  return (
    <>
      <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end" width={200}>
        <Menu.Target>
          <Button leftSection={<PlusIcon size={16} />}>Add Adapter</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<SyncIcon size={16} />} onClick={dialog.open}>
            Jira
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog open={open} onClose={dialog.close} title="Connect Jira">
        <ConnectForm project={project} adapters={adapters} onClose={dialog.close} />
      </Dialog>
    </>
  );
}

function ConnectForm({ project, adapters, onClose }: AddAdapterProps & { onClose: () => void }) {
  const taken = new Set(
    adapters.filter((adapter) => adapter.state !== 'disconnected').map((adapter) => adapter.workflowId),
  );
  const free = project.workflows.filter((workflow) => !taken.has(workflow.id));
  const [workflowId, setWorkflowId] = useState(free[0]?.id ?? '');
  const connect = useMutation({
    mutationFn: () => addJiraAdapter(project.id, workflowId),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    connect.mutate();
  };
  if (free.length === 0) {
    return (
      <Stack gap="md">
        <Note tone="info" title="Every workflow has its adapter">
          <Text size="sm">
            Each adapter connects one workflow to one Jira project. Disconnect one to connect it elsewhere.
          </Text>
        </Note>
        <div className="uh-row-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <NativeSelect
          label="Workflow"
          description="Each adapter connects one UserHero workflow to one Jira project."
          data-autofocus
          value={workflowId}
          onChange={(event) => setWorkflowId(event.currentTarget.value)}
          data={free.map((workflow) => ({ value: workflow.id, label: workflow.name }))}
        />
        <Text size="sm">
          You will be redirected to Atlassian to authorize UserHero, and come back here afterwards. You need
          to be an admin of the Jira project.
        </Text>
        {connect.error && <ProblemNote problem={connect.error.problem} />}
        <div className="uh-row-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={connect.isPending || connect.isSuccess}>
            Connect Jira
          </Button>
        </div>
      </Stack>
    </form>
  );
}
