import { Stack } from '@forge/react';
import type { ForgePageAnswer, ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import { takesPriorities } from '@userhero/shared/mapping/inbound-priority-rows.ts';
import { useCallback, useEffect, useState } from 'react';
import { MappingEditor } from '../editor/mapping-editor.tsx';
import { MappingReader } from '../editor/mapping-reader.tsx';
import { namesOf } from '../editor/names.ts';
import { callResolver } from '../parts/call-resolver.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Failed, Loading, NotConnected } from '../parts/states.tsx';
import { useViewFacts, type ViewFacts } from '../parts/view-facts.ts';
import { Overview } from './overview.tsx';
import { StateNotes } from './state-notes.tsx';

type Loaded =
  | { state: 'loading' }
  | { state: 'failed'; problem: ForgeProblem }
  | { state: 'ready'; answer: ForgePageAnswer };

/** "UserHero sync" among a Jira project's pages. */
export function ProjectPage() {
  const facts = useViewFacts();
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const load = useCallback(async (adapterId: string | null): Promise<void> => {
    setLoaded({ state: 'loading' });
    const answer = await callResolver('getPage', { adapterId });
    setLoaded(
      answer.ok ? { state: 'ready', answer: answer.value } : { state: 'failed', problem: answer.problem },
    );
  }, []);
  useEffect(() => void load(null), [load]);

  if (!facts) return null;
  const { texts } = facts;
  if (loaded.state === 'loading') return <Loading label={texts.loading} />;
  if (loaded.state === 'failed') {
    return <Failed texts={texts} problem={loaded.problem} onRetry={() => void load(null)} />;
  }
  return <Ready facts={facts} answer={loaded.answer} onChoose={(adapterId) => void load(adapterId)} />;
}

type ReadyProps = { facts: ViewFacts; answer: ForgePageAnswer; onChoose: (adapterId: string) => void };

function Ready({ facts, answer, onChoose }: ReadyProps) {
  const { texts, timeZone } = facts;
  const { connections, current, userheroUrl } = answer.page;
  if (!current) return <NotConnected texts={texts} userheroUrl={userheroUrl} />;
  const isLive = current.state !== 'disconnected';
  return (
    <Stack space="space.300">
      {connections.length > 1 && (
        <LabelledSelect
          id="connection"
          label={texts.connection.label}
          value={current.adapterId}
          options={connections.map((one) => ({
            value: one.adapterId,
            label: texts.connection.title(one.projectName, one.workflowName),
          }))}
          onChange={onChoose}
        />
      )}
      <Overview texts={texts} timeZone={timeZone} current={current} />
      <StateNotes texts={texts} current={current} mayEdit={answer.mayEdit} />
      {answer.mayEdit && isLive ? (
        <MappingEditor key={current.adapterId} page={texts} timeZone={timeZone} current={current} />
      ) : (
        <MappingReader
          mapping={current.document.mapping}
          names={namesOf(texts, current)}
          withPriorities={takesPriorities(current.sync)}
        />
      )}
    </Stack>
  );
}
