import { showFlag } from '@forge/bridge';
import { Button, ButtonGroup, Inline, LoadingButton, Stack, Text } from '@forge/react';
import type { ForgeCurrent, ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { useState } from 'react';
import { formatMoment } from '../texts/choose-texts.ts';
import type { Texts } from '../texts/en.ts';
import { callResolver } from './call-resolver.ts';
import { Conflict } from './conflict.tsx';
import { sameMapping } from './edit-mapping.ts';
import { InboundRules } from './inbound-rules.tsx';
import { LandingTable } from './landing-table.tsx';
import { faultsOf } from './mapping-faults.ts';
import type { Names } from './names.ts';
import { OutboundRules } from './outbound-rules.tsx';
import { Overrides } from './overrides.tsx';
import { Remark } from './person.tsx';
import { Preview } from './preview.tsx';
import { PriorityTable } from './priority-table.tsx';
import { ProblemMessage } from './states.tsx';

/** What every part of the editor gets. `faultOf` finds the message beside a field. */
export type PartProps = {
  mapping: Mapping;
  names: Names;
  faultOf: (field: string) => string | undefined;
  onChange: (mapping: Mapping) => void;
};

type EditorProps = {
  current: ForgeCurrent;
  texts: Texts;
  timeZone: string | undefined;
};

/** The mapping editor: live checks, preview, and a save that never overwrites somebody else's unseen. */
export function MappingEditor({ current, texts, timeZone }: EditorProps) {
  const { adapterId } = current;
  const names: Names = { texts, current };
  const [base, setBase] = useState(current.document);
  const [draft, setDraft] = useState(current.document.mapping);
  const [theirs, setTheirs] = useState<MappingDocument | null>(null);
  const [problem, setProblem] = useState<ForgeProblem | null>(null);
  const [progress, setProgress] = useState<'none' | 'saving' | 'saved'>('none');
  const faults = faultsOf(names, draft, problem);
  const dirty = !sameMapping(draft, base.mapping);

  const change = (mapping: Mapping): void => {
    setDraft(mapping);
    setProblem(null);
    setProgress('none');
  };
  const save = async (): Promise<void> => {
    setProgress('saving');
    const answer = await callResolver('saveMapping', { adapterId, version: base.version, mapping: draft });
    if (answer.ok) {
      setBase(answer.value);
      setDraft(answer.value.mapping);
      setProblem(null);
      setProgress('saved');
      showFlag({
        id: 'mapping-saved',
        type: 'success',
        title: texts.save.savedFlag,
        description: texts.save.savedFlagText,
        isAutoDismiss: true,
      });
      return;
    }
    setProgress('none');
    if (answer.problem.code !== 'mapping_conflict') return setProblem(answer.problem);
    const page = await callResolver('getPage', { adapterId });
    if (page.ok && page.value.page.current) setTheirs(page.value.page.current.document);
    else setProblem(page.ok ? answer.problem : page.problem);
  };
  const resolve = (mapping: Mapping): void => {
    if (theirs) setBase(theirs);
    setTheirs(null);
    change(mapping);
  };

  const part: PartProps = { mapping: draft, names, faultOf: (field) => faults.get(field), onChange: change };
  return (
    <Stack space="space.300">
      <OutboundRules {...part} />
      <InboundRules {...part} />
      <Overrides {...part} />
      <PriorityTable {...part} />
      <LandingTable mapping={draft} names={names} />
      <Preview adapterId={adapterId} mapping={draft} names={names} isValid={faults.size === 0} />
      {theirs && <Conflict mine={draft} theirs={theirs} names={names} onResolve={resolve} />}
      {problem && <ProblemMessage texts={texts} problem={problem} title={texts.save.failed} />}
      <Inline space="space.150" rowSpace="space.100" alignBlock="center" shouldWrap>
        <ButtonGroup label={texts.save.save}>
          <LoadingButton
            appearance="primary"
            isLoading={progress === 'saving'}
            isDisabled={faults.size > 0 || theirs !== null}
            onClick={() => void save()}
          >
            {texts.save.save}
          </LoadingButton>
          {dirty && <Button onClick={() => change(base.mapping)}>{texts.save.undo}</Button>}
          {!sameMapping(draft, defaultMapping(current.workflow)) && (
            <Button appearance="subtle" onClick={() => change(defaultMapping(current.workflow))}>
              {texts.save.defaults}
            </Button>
          )}
        </ButtonGroup>
        <Text>{statusLine(texts, faults.size, dirty, progress === 'saved')}</Text>
      </Inline>
      {base.isDefault ? (
        <Text color="color.text.subtle" size="small">
          {texts.save.isDefault}
        </Text>
      ) : (
        <Remark
          text={texts.save.version(base.version, formatMoment(texts, base.updatedAt, timeZone))}
          who={base.updatedBy}
        />
      )}
    </Stack>
  );
}

function statusLine({ save }: Texts, faults: number, dirty: boolean, saved: boolean): string {
  if (faults > 0) return save.faults(faults);
  if (dirty) return save.dirty;
  return saved ? save.saved : '';
}
