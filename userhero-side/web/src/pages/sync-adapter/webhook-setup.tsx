import { Box, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Adapter, WebhookSetup as Setup } from '@userhero/shared/contracts/adapter.ts';
import { registeredWebhookQuery, webhookSetupQuery } from '../../data/adapters.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Note } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

/** Inbound sync: the product documentation's webhook steps with this adapter's own values. */
export function WebhookSetup({ adapter }: { adapter: Adapter }) {
  const setup = useQuery(webhookSetupQuery(adapter.id));
  return (
    <Section
      title="Inbound Sync (Webhooks)"
      lead="Jira sends webhook events when issues are updated; UserHero keeps the workflow items in sync with them."
    >
      <ByItself adapter={adapter} />
      {setup.isPending && <Loading rows={5} height={40} label="Loading the webhook set-up" />}
      {setup.error && !setup.data && <Failed error={setup.error} retry={() => setup.refetch()} />}
      {setup.data && <WebhookSteps setup={setup.data} siteUrl={adapter.site?.url ?? null} />}
    </Section>
  );
}

/** Most people need none of the steps; what cannot be known of Jira just now is not told. */
function ByItself({ adapter }: { adapter: Adapter }) {
  const works = adapter.state === 'active' || adapter.state === 'paused';
  const registered = useQuery(registeredWebhookQuery(adapter.id, works));
  if (!works || !registered.data?.covers) return null;
  return (
    <Box mb="md">
      <Note tone="good" title="Nothing to do here: Jira sends its updates by itself">
        <Text size="sm">
          UserHero registered a webhook for this Jira project with your consent, and renews it. The steps
          below are for a webhook of your own; an event that comes twice is applied once.
        </Text>
      </Note>
    </Box>
  );
}

function WebhookSteps({ setup, siteUrl }: { setup: Setup; siteUrl: string | null }) {
  const [shown, secret] = useDisclosure(false);
  return (
    <>
      <ol className="uh-steps">
        <li>
          Go to Jira <b>Settings → System → Webhooks</b>
          {siteUrl && (
            <>
              {' '}
              (
              <a
                href={`${siteUrl}/plugins/servlet/webhooks`}
                target="_blank"
                rel="noreferrer"
                style={{ color: 'var(--mantine-color-anchor)' }}
              >
                open it
              </a>
              )
            </>
          )}
        </li>
        <li>
          Click <b>Create a WebHook</b>
        </li>
        <li>
          Set the URL to:
          <CopyField name="the URL" value={setup.url} />
        </li>
        <li>
          Under Events, select <b>Issue → updated</b>
        </li>
        <li>
          Add an <b>{setup.header.name}</b> header:
          <CopyField name="the header’s value" value={setup.header.value} hidden={!shown} />
        </li>
        <li>Save the webhook</li>
      </ol>
      <Group mt="md" mb="md">
        <Button variant="default" size="xs" onClick={secret.toggle} aria-expanded={shown}>
          {shown ? 'Hide the secret' : 'Show the secret'}
        </Button>
        <Text size="sm" c="dimmed">
          The secret belongs to this adapter alone.
        </Text>
      </Group>
      <Note tone="info" title="No place for a header in your Jira’s form?">
        <Text size="sm">
          Jira Cloud’s own webhook form has a <b>Secret</b> field instead: paste the secret there, and Jira
          signs every event with it. A Jira Automation rule with “Send web request” can send the header.
        </Text>
        <CopyField name="the secret" value={setup.secret} hidden={!shown} />
      </Note>
    </>
  );
}
