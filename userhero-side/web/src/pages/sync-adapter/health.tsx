import { Anchor, Box, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Adapter, AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import type { HealthCode } from '@userhero/shared/contracts/health.ts';
import { useId } from 'react';
import { healthQuery } from '../../data/adapters.ts';
import { Failed } from '../../parts/failed.tsx';
import { ExternalIcon } from '../../parts/icons.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Controls } from './controls.tsx';

/** The adapter at a glance: what is connected to what, how it fares, and what can be done. */
export function Health({ adapter }: { adapter: Adapter }) {
  const health = useQuery(healthQuery(adapter.id));
  const headingId = useId();
  return (
    <section className="uh-card" aria-labelledby={headingId}>
      <Box p={{ base: 'md', sm: 'lg' }}>
        <Group justify="space-between" align="flex-start" gap="md">
          <div style={{ flex: '1 1 260px', minWidth: 0 }}>
            <Title order={2} id={headingId}>
              Health
            </Title>
            <div role="status">{health.data && <Reasons health={health.data} />}</div>
            <Text size="sm" c="dimmed" mt={4}>
              <Connection adapter={adapter} />
            </Text>
          </div>
          <Controls adapter={adapter} />
        </Group>
        {health.error && !health.data && (
          <Box mt="md">
            <Failed error={health.error} retry={() => health.refetch()} />
          </Box>
        )}
      </Box>
      <Stats health={health.data} referenceCount={adapter.referenceCount} />
    </section>
  );
}

/** What the moment of a reason is, where it is not its beginning. */
const sinceWords: Partial<Record<HealthCode, string>> = {
  check_failed: 'Last tried',
  events_refused: 'Last sent',
};

/** Every reason with its remedy, or that there is none. */
function Reasons({ health: { state, summary, reasons } }: { health: AdapterHealth }) {
  if (state !== 'active' || reasons.length === 0) {
    return (
      <Text size="sm" mt={4}>
        {summary}
      </Text>
    );
  }
  return (
    <ul className="uh-reasons">
      {reasons.map(({ code, severity, message, remedy, values }) => (
        <li key={code} data-severity={severity}>
          <b>{message}</b> {remedy}
          {values.since && (
            <Text size="sm" c="dimmed">
              {sinceWords[code] ?? 'Since'} <Moment at={values.since} />
            </Text>
          )}
          {code === 'statuses_unmapped' && (
            <>
              {' '}
              <Anchor href="#mapping" underline="always" size="sm">
                Open the status mapping
              </Anchor>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Connection({ adapter }: { adapter: Adapter }) {
  if (!adapter.jiraProject) return <>No Jira project</>;
  return (
    <>
      {adapter.workflowName} with{' '}
      <Anchor href={adapter.jiraProject.url} target="_blank" rel="noreferrer" size="sm" underline="always">
        {adapter.jiraProject.name} ({adapter.jiraProject.key}) <ExternalIcon size={12} />
      </Anchor>
      {adapter.issueType && <>, as {adapter.issueType.name}</>}
      {adapter.site && <>, on {adapter.site.name}</>}
      {adapter.account && <>, connected by {adapter.account.name}</>}
    </>
  );
}

function Stats({ health, referenceCount }: { health: AdapterHealth | undefined; referenceCount: number }) {
  const moment = (at: string | null | undefined) => (at ? <Moment at={at} /> : at === null ? 'never' : '…');
  const failures = (health?.failedEvents ?? 0) + (health?.failedPushes ?? 0);
  return (
    <dl className="uh-stats">
      <div>
        <dt>Last event from Jira</dt>
        <dd>{moment(health?.lastEventAt)}</dd>
      </div>
      <div>
        <dt>Last push</dt>
        <dd>{moment(health?.lastPushAt)}</dd>
      </div>
      <div>
        <dt>Last sync</dt>
        <dd>{moment(health?.lastReconciledAt)}</dd>
      </div>
      <div>
        <dt>Queued events</dt>
        <dd>{health?.pendingEvents ?? '…'}</dd>
      </div>
      <div>
        <dt>Failures</dt>
        <dd style={failures > 0 ? { color: 'var(--uh-bad-text)' } : undefined}>{health ? failures : '…'}</dd>
      </div>
      <div>
        <dt>External references</dt>
        <dd>{referenceCount}</dd>
      </div>
    </dl>
  );
}
