import { Anchor, Button, Group, Text } from '@mantine/core';
import type { ActivityKind } from '@userhero/shared/activity/activity-kind.ts';
import type { Activity } from '@userhero/shared/contracts/activity.ts';
import { Link } from 'react-router';
import { Empty } from './empty.tsx';
import { Moment } from './moment.tsx';
import type { NoteTone } from './note.tsx';
import { Person } from './person.tsx';

const tones: Partial<Record<ActivityKind, NoteTone>> = {
  pushed: 'good',
  inbound_applied: 'good',
  linked: 'good',
  connected: 'good',
  reconnected: 'good',
  resumed: 'good',
  change_sent: 'good',
  connection_restored: 'good',
  reconciled: 'info',
  mapping_saved: 'info',
  mapping_applied: 'good',
  item_changed: 'info',
  event_replayed: 'info',
  push_warning: 'warn',
  paused: 'warn',
  issue_moved: 'warn',
  issue_deleted: 'warn',
  issue_hidden: 'warn',
  issue_back: 'good',
  jira_project_changed: 'warn',
  jira_limit: 'info',
  site_changed: 'info',
  check_failed: 'warn',
  webhook_failed: 'warn',
  connection_refused: 'bad',
  needs_reauth: 'bad',
  push_failed: 'bad',
  change_failed: 'bad',
};

/** What the recorded rules mean, in a sentence. Other codes are for programs: their summaries say what they mean. */
const reasons: Record<string, string> = {
  known: 'The Jira status was known already, so nothing changed.',
  override: 'An override decides where this Jira status lands.',
  resolution: 'An override decides where this resolution lands.',
  own_target: 'It is the exact Jira status of the item’s present status, so nothing changed.',
  category: 'Decided by the Jira status category.',
  name: 'Decided by the name of the Jira status.',
  unmapped: 'No rule of the mapping covers this Jira status.',
  stale: 'A newer change of this issue had been applied already.',
  read: 'The issue had been read from Jira since.',
};

type ActivityListProps = {
  entries: Activity[];
  empty: string;
  showItem?: boolean;
  more?: { load: () => void; busy: boolean } | null;
};

/** The answer to "why did this change, or not change?", newest first. */
export function ActivityList({ entries, empty, showItem = false, more }: ActivityListProps) {
  if (entries.length === 0) return <Empty title="No activity yet">{empty}</Empty>;
  return (
    <>
      <ol className="uh-timeline">
        {entries.map((entry) => (
          <li key={entry.id} data-tone={tones[entry.kind] ?? 'plain'}>
            <Text size="sm">{entry.summary}</Text>
            {entry.reason && reasons[entry.reason] && (
              <Text size="sm" c="dimmed">
                {reasons[entry.reason]}
              </Text>
            )}
            <Group gap={8} mt={2}>
              <Text size="xs" c="dimmed">
                <Moment at={entry.at} /> · <Person who={entry.actor} adapterId={entry.adapterId} />
              </Text>
              {showItem && entry.itemId && (
                <Anchor component={Link} to={`/items/${entry.itemId}`} size="xs" underline="always">
                  {entry.itemTitle ?? 'Item'}
                </Anchor>
              )}
              {entry.issueKey && entry.issueUrl && (
                <Anchor href={entry.issueUrl} target="_blank" rel="noreferrer" size="xs" underline="always">
                  {entry.issueKey}
                </Anchor>
              )}
            </Group>
          </li>
        ))}
      </ol>
      {more && (
        <Button variant="default" size="xs" mt="md" onClick={more.load} loading={more.busy}>
          Show older
        </Button>
      )}
    </>
  );
}
