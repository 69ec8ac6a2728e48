import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { reconnectAdapter } from '../../data/adapters.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

const reasons: Record<string, { title: string; text: string }> = {
  oauth_denied: {
    title: 'The consent was declined',
    text: 'Nothing was connected. Connect again, and accept on Atlassian’s page, when you are ready.',
  },
  oauth_state_invalid: {
    title: 'That consent could not be matched to this set-up',
    text: 'It was too old, used before, or started in another browser. Connect again from here.',
  },
  oauth_failed: {
    title: 'Atlassian did not complete the consent',
    text: 'Try again in a moment. If it happens again, your administrator can look at the service’s log.',
  },
  site_not_granted: {
    title: 'The consent covers no Jira site',
    text: 'Connect again and choose a site on Atlassian’s page.',
  },
  project_not_visible: {
    title: 'This account does not see the connected Jira project',
    text: 'Linked items keep their issues. Give the account access in Jira, or connect again with one that has it.',
  },
  project_deleted: {
    title: 'The connected Jira project was deleted',
    text: 'Linked items keep their issues. The health of the adapter says what to do.',
  },
  project_archived: {
    title: 'The connected Jira project is archived',
    text: 'Linked items keep their issues, and nothing can be sent to them. The health of the adapter says what to do.',
  },
};

/** What the consent page's answer was, when it was not a yes. */
export function CallbackError({ code }: { code: string | null }) {
  if (code === null) return null;
  const reason = reasons[code] ?? { title: 'Connecting failed', text: 'Connect again from here.' };
  return (
    <Note tone="bad" title={reason.title} live="assertive">
      <Text size="sm">{reason.text}</Text>
    </Note>
  );
}

/** Step 1: to Atlassian's consent page. */
export function ConnectJira({ adapter, callbackError }: { adapter: Adapter; callbackError: string | null }) {
  // The URL carries a state that is used once, so each try asks for a fresh one.
  const restart = useMutation({
    mutationFn: () => reconnectAdapter(adapter.id),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
  return (
    <Section
      title="Connect Jira"
      lead={`Authorize UserHero to access the Jira instance that ${adapter.workflowName} syncs with.`}
    >
      <Stack gap="md" align="flex-start">
        <CallbackError code={callbackError} />
        <Text size="sm">
          You go to Atlassian’s consent page, choose the Jira site there, and come back here. You need admin
          access to the Jira project.
        </Text>
        {restart.error && <ProblemNote problem={restart.error.problem} />}
        <Button loading={restart.isPending || restart.isSuccess} onClick={() => restart.mutate()}>
          Connect Jira
        </Button>
      </Stack>
    </Section>
  );
}
