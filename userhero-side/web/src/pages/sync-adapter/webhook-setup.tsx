import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Adapter, WebhookSetup as Setup } from '@userhero/shared/contracts/adapter.ts';
import { registeredWebhookQuery, webhookSetupQuery } from '../../data/adapters.ts';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';
import { RegisteredNote } from './registered-note.tsx';
import { WebhookWays } from './webhook-ways.tsx';

/** Inbound sync: what Jira Cloud really offers to send updates, step by step, with this adapter's own values. */
export function WebhookSetup({ adapter }: { adapter: Adapter }) {
  const works = adapter.state === 'active' || adapter.state === 'paused';
  const registered = useQuery(registeredWebhookQuery(adapter.id, works));
  const setup = useQuery(webhookSetupQuery(adapter.id));
  // What cannot be known of Jira just now is not told.
  const covered = works && registered.data?.covers === true;
  return (
    <Section
      title="Inbound Sync (Webhooks)"
      lead="Jira sends webhook events when issues are updated; UserHero keeps the workflow items in sync with them."
    >
      {works && registered.data && <RegisteredNote registered={registered.data} />}
      {setup.isPending && <Loading rows={5} height={40} label="Loading the webhook set-up" />}
      {setup.error && !setup.data && <Failed error={setup.error} retry={() => setup.refetch()} />}
      {setup.data && <ByHand adapter={adapter} setup={setup.data} covered={covered} />}
    </Section>
  );
}

function ByHand({ adapter, setup, covered }: { adapter: Adapter; setup: Setup; covered: boolean }) {
  const [shown, secret] = useDisclosure(false);
  return (
    <>
      <Text size="sm">
        {covered ? 'Jira has three more ways' : 'Jira has three ways'} to send its updates. One is enough; an
        update that arrives twice is applied once.
      </Text>
      <Group my="sm" gap="sm">
        <Button variant="default" size="xs" onClick={secret.toggle} aria-expanded={shown}>
          {shown ? 'Hide the secret' : 'Show the secret'}
        </Button>
        <Text size="sm" c="dimmed">
          The secret belongs to this adapter alone.
        </Text>
      </Group>
      <WebhookWays
        setup={setup}
        siteUrl={adapter.site?.url ?? null}
        projectKey={adapter.jiraProject?.key ?? null}
        secretShown={shown}
      />
    </>
  );
}
