import { Heading, Inline, LinkButton, Lozenge, Stack, Text } from '@forge/react';
import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import { formatMoment } from '../texts/choose-texts.ts';
import type { Texts } from '../texts/en.ts';

type OverviewProps = { texts: Texts; timeZone: string | undefined; current: ForgeCurrent };

/** At a glance: what is connected, whether it syncs, when it last did, and what is amiss. */
export function Overview({ texts, timeZone, current }: OverviewProps) {
  const { connection } = texts;
  const { health } = current;
  const when = (label: string, at: string | null): string =>
    `${label}: ${at === null ? connection.never : formatMoment(texts, at, timeZone)}`;
  const troubles = [
    ...(health.pendingEvents > 0 ? [connection.waiting(health.pendingEvents)] : []),
    ...(health.failedEvents > 0 ? [connection.failedEvents(health.failedEvents)] : []),
    ...(health.failedPushes > 0 ? [connection.failedPushes(health.failedPushes)] : []),
    ...(health.unmappedStatuses.length > 0 ? [connection.unmapped(health.unmappedStatuses.join(', '))] : []),
  ];
  return (
    <Stack space="space.100" alignInline="start">
      <Inline space="space.100" rowSpace="space.050" alignBlock="center" shouldWrap>
        <Heading as="h2" size="medium">
          {connection.title(current.projectName, current.workflowName)}
        </Heading>
        <Health texts={texts} current={current} />
      </Inline>
      <Text>{connection.linked(current.referenceCount)}</Text>
      <Stack space="space.025">
        <Text color="color.text.subtle">{when(connection.lastEvent, health.lastEventAt)}</Text>
        <Text color="color.text.subtle">{when(connection.lastChange, health.lastChangeAt)}</Text>
        <Text color="color.text.subtle">{when(connection.lastPush, health.lastPushAt)}</Text>
        <Text color="color.text.subtle">{when(connection.lastReconciled, health.lastReconciledAt)}</Text>
      </Stack>
      {troubles.map((trouble) => (
        <Text key={trouble}>{trouble}</Text>
      ))}
      <LinkButton href={current.settingsUrl} target="_blank">
        {connection.openSettings}
      </LinkButton>
    </Stack>
  );
}

function Health({ texts, current }: { texts: Texts; current: ForgeCurrent }) {
  if (current.health.healthy) return <Lozenge appearance="success">{texts.states.active}</Lozenge>;
  if (current.state === 'active') return <Lozenge appearance="moved">{texts.connection.attention}</Lozenge>;
  const isLost = current.state === 'needs_reauth' || current.state === 'disconnected';
  return <Lozenge appearance={isLost ? 'removed' : 'default'}>{texts.states[current.state]}</Lozenge>;
}
