import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { Project } from '@userhero/shared/contracts/project.ts';
import { planNames } from '@userhero/shared/domain/plan.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
import { Link } from 'react-router';
import type { ApiError, ApiProblem } from '../../api.ts';
import { pushItem } from '../../data/items.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { WaitingLine } from '../../parts/waiting-line.tsx';

type PushToJiraProps = {
  item: Item;
  project: Project;
  adapter: Adapter | undefined;
  adaptersKnown: boolean;
};

type Hindrance = { title: string; text: string; link: string; to: string };

/** Where each state that keeps items from being pushed is changed. */
const hindranceLinks: Partial<Record<Adapter['state'], string>> = {
  needs_reauth: 'Reconnect',
  authorizing: 'Continue set-up',
  choosing: 'Continue set-up',
  paused: 'Open the adapter',
};

/** Why the item cannot be pushed now, and where that is changed. */
function hindranceOf({ project, adapter, adaptersKnown }: PushToJiraProps): Hindrance | null {
  const settings = `/projects/${project.id}/settings/sync-adapters`;
  if (!project.jiraIncluded) {
    return {
      title: 'Your plan does not include Jira',
      text: `This project is on the ${planNames[project.plan]} plan. Jira sync needs Growth, Pro or Pro Max.`,
      link: 'See Sync Adapters',
      to: settings,
    };
  }
  if (!adaptersKnown) return null;
  if (!adapter) {
    return {
      title: 'This workflow is not connected to Jira',
      text: 'Add the Jira adapter in Settings → Sync Adapters, then push this item.',
      link: 'Open Settings → Sync Adapters',
      to: settings,
    };
  }
  const to = `${settings}/${adapter.id}`;
  const link = hindranceLinks[adapter.state];
  if (link === undefined) return null;
  const { title, remedy } = adapterStateText('en', adapter);
  return { title, text: remedy ?? '', link, to };
}

/** The button that creates the Jira issue, or what stands in its way. */
export function PushToJira(props: PushToJiraProps) {
  const { item } = props;
  const client = useQueryClient();
  const push = useMutation({
    mutationFn: () => pushItem(item.id, crypto.randomUUID()),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['item', item.id] });
      void client.invalidateQueries({ queryKey: ['item-activity', item.id] });
      void client.invalidateQueries({ queryKey: ['items', item.workflowId] });
    },
  });
  const hindrance = hindranceOf(props);
  const underway = item.latestPush?.state === 'pending' || item.latestPush?.state === 'running';
  const busy = push.isPending || underway;
  const problem = failureOf(item, push.error);
  return (
    <Stack gap="sm">
      {hindrance ? (
        <Note tone="info" title={hindrance.title}>
          <Text size="sm">{hindrance.text}</Text>
          <Anchor component={Link} to={hindrance.to} size="sm">
            {hindrance.link}
          </Anchor>
        </Note>
      ) : (
        <Text size="sm" c="dimmed">
          Creates an issue in {props.adapter?.jiraProject?.name ?? 'the connected Jira project'} with this
          title, description, status and priority.
        </Text>
      )}
      <Button
        fullWidth
        onClick={() => push.mutate()}
        disabled={hindrance !== null || !props.adaptersKnown}
        loading={busy}
        aria-busy={busy}
      >
        Push to Jira
      </Button>
      <Text size="sm" c="dimmed" role="status" style={busy ? undefined : { display: 'none' }}>
        {busy && !item.waiting ? 'Creating the Jira issue…' : ''}
      </Text>
      <WaitingLine waiting={item.waiting} />
      {problem && !busy && (
        <ProblemNote problem={problem} title="Not pushed">
          <div>
            <Button size="xs" variant="default" mt={6} onClick={() => push.mutate()}>
              Try again
            </Button>
          </div>
        </ProblemNote>
      )}
    </Stack>
  );
}

/** What stands between the item and its issue: the newest push's failure outlives a reload of the page. */
function failureOf(item: Item, error: ApiError | null): ApiProblem | null {
  const failure = item.latestPush?.state === 'failed' ? item.latestPush.failure : null;
  if (!failure) return error?.problem ?? null;
  return {
    status: 0,
    code: failure.code,
    title: 'Not pushed',
    detail: failure.message,
    remedy: failure.remedy,
    errors: failure.errors ?? [],
  };
}

/** What the push had to leave out. */
export function PushWarnings({ item }: { item: Item }) {
  const warnings = item.latestPush?.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <Note tone="warn" title="Pushed, with something left out" live="polite">
      {warnings.map((warning) => (
        <Text size="sm" key={warning.code}>
          {warning.message}
        </Text>
      ))}
    </Note>
  );
}
