import { Heading, Inline, LinkButton, Lozenge, SectionMessage, Stack, Text } from '@forge/react';
import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import type { HealthReason } from '@userhero/shared/contracts/health.ts';
import type { ThingName } from '@userhero/shared/sync/things.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
import { waitingText } from '@userhero/shared/texts/waiting.ts';
import { formatMoment } from '../texts/choose-texts.ts';
import type { Texts } from '../texts/en.ts';

type OverviewProps = { texts: Texts; timeZone: string | undefined; current: ForgeCurrent };

/** At a glance: what is connected, whether it is healthy, when it last synced, and what is amiss. */
export function Overview({ texts, timeZone, current }: OverviewProps) {
  const { connection } = texts;
  const { health } = current;
  const when = (label: string, at: string | null): string =>
    `${label}: ${at === null ? connection.never : formatMoment(texts, at, timeZone)}`;
  const reasons = current.state === 'active' ? health.reasons : [];
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
      <Synced texts={texts} current={current} />
      {current.waiting && <Text>{`${waitingText(texts.locale, current.waiting, timeZone)}.`}</Text>}
      {health.pendingEvents > 0 && <Text>{connection.waiting(health.pendingEvents)}</Text>}
      {reasons.map((reason) => (
        <Reason key={reason.code} texts={texts} reason={reason} />
      ))}
      <LinkButton href={current.settingsUrl} target="_blank">
        {connection.openSettings}
      </LinkButton>
    </Stack>
  );
}

/** What is synced, and which way; it is changed in UserHero. */
function Synced({ texts, current }: { texts: Texts; current: ForgeCurrent }) {
  const { title, things, directions, travels } = texts.sync;
  // The texts name every thing; the list of things itself would bring the conversions of all into the page.
  const on = Object.entries(things).flatMap(([name, thing]) => {
    const direction = current.sync[name as ThingName]?.direction ?? 'off';
    return direction === 'off' ? [] : [travels(thing, directions[direction])];
  });
  return <Text>{`${title}: ${on.length > 0 ? on.join(' · ') : directions.off}`}</Text>;
}

function Health({ texts, current }: { texts: Texts; current: ForgeCurrent }) {
  const { level } = current.health;
  if (current.state === 'active') {
    return <Lozenge appearance={appearances[level]}>{texts.healthLevels[level]}</Lozenge>;
  }
  const isLost = current.state === 'needs_reauth' || current.state === 'disconnected';
  return (
    <Lozenge appearance={isLost ? 'removed' : 'default'}>
      {adapterStateText(texts.locale, current).label}
    </Lozenge>
  );
}

const appearances = {
  healthy: 'success',
  waiting: 'inprogress',
  attention: 'moved',
  not_syncing: 'default',
} as const;

/** One reason against calling it healthy; what only waits is information, not a warning. */
function Reason({ texts, reason }: { texts: Texts; reason: HealthReason }) {
  const { message, remedy } = texts.reasons?.[reason.code](reason.values) ?? reason;
  return (
    <SectionMessage appearance={reason.severity === 'problem' ? 'warning' : 'information'} title={message}>
      <Text>{remedy}</Text>
    </SectionMessage>
  );
}
