import { Heading, Inline, LinkButton, Lozenge, Stack, Text } from '@forge/react';
import type { ForgeAnswer, ForgePanel, ForgePanelItem } from '@userhero/shared/contracts/forge.ts';
import { entryText } from '@userhero/shared/texts/entry-text.ts';
import { useCallback, useEffect, useState } from 'react';
import { callResolver } from '../parts/call-resolver.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useViewFacts, type ViewFacts } from '../parts/view-facts.ts';
import { formatMoment } from '../texts/choose-texts.ts';

/** The UserHero item of the issue that is looked at: its status, and a link. */
export function IssuePanel() {
  const facts = useViewFacts();
  const [answer, setAnswer] = useState<ForgeAnswer<ForgePanel> | null>(null);
  const load = useCallback(async (): Promise<void> => {
    setAnswer(null);
    setAnswer(await callResolver('getPanel', {}));
  }, []);
  useEffect(() => void load(), [load]);

  if (!facts) return null;
  const { texts } = facts;
  if (!answer) return <Loading label={texts.panel.loading} />;
  if (!answer.ok) return <Failed texts={texts} problem={answer.problem} onRetry={() => void load()} />;
  const { items } = answer.value;
  if (items.length === 0) return <Text>{texts.panel.empty}</Text>;
  return (
    <Stack space="space.200">
      {items.map((item) => (
        <PanelItem key={item.itemId} item={item} facts={facts} />
      ))}
    </Stack>
  );
}

function PanelItem({ item, facts }: { item: ForgePanelItem; facts: ViewFacts }) {
  const { texts, timeZone } = facts;
  const { panel } = texts;
  const state = panel.states[item.referenceState];
  return (
    <Stack space="space.100" alignInline="start">
      <Heading as="h3" size="xsmall">
        {item.title}
      </Heading>
      <Inline space="space.100" rowSpace="space.050" alignBlock="center" shouldWrap>
        <Text>{`${panel.status}:`}</Text>
        <Lozenge>{item.status}</Lozenge>
        {state.remedy !== null && <Lozenge appearance="moved">{panel.notSyncing}</Lozenge>}
      </Inline>
      {state.remedy !== null && <Text>{`${state.meaning} ${state.remedy}`}</Text>}
      <Text>{`${panel.workflow}: ${texts.connection.title(item.projectName, item.workflowName)}`}</Text>
      {item.lastChange && (
        <Text color="color.text.subtle" size="small">
          {`${panel.lastChange}: ${entryText(texts.locale, item.lastChange)}, ${formatMoment(texts, item.lastChange.at, timeZone)}`}
        </Text>
      )}
      <LinkButton href={item.url} target="_blank">
        {panel.open}
      </LinkButton>
    </Stack>
  );
}
