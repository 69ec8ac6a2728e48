import { showFlag } from '@forge/bridge';
import { Button, ButtonGroup, Inline, LoadingButton, Stack, Text } from '@forge/react';
import type { ForgeAnswer, ForgeCurrent, ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { sameMapping } from '@userhero/shared/mapping/edit-mapping.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { useState } from 'react';
import { callResolver } from '../parts/call-resolver.ts';
import { personName, Remark } from '../parts/person.tsx';
import { ProblemMessage } from '../parts/states.tsx';
import { formatMoment } from '../texts/choose-texts.ts';
import type { Texts } from '../texts/en.ts';
import { unreachable } from '../unreachable.ts';
import { Conflict } from './conflict.tsx';
import { InboundRules } from './inbound-rules.tsx';
import { LandingTable } from './landing-table.tsx';
import { faultsOf } from './mapping-faults.ts';
import type { Names } from './names.ts';
import { OutboundRules } from './outbound-rules.tsx';
import { Overrides } from './overrides.tsx';
import { Preview } from './preview.tsx';
import { PriorityTable } from './priority-table.tsx';

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
    setProgress(answer.ok ? 'saved' : 'none');
    if (answer.ok) {
      setBase(answer.value);
      setDraft(answer.value.mapping);
      setProblem(null);
      return announce('success', texts.save.savedFlag, texts.save.savedFlagText);
    }
    const saved = answer.problem.code === 'mapping_conflict' ? await readSaved(adapterId) : null;
    if (!saved?.ok) {
      setProblem(saved?.problem ?? answer.problem);
      return announce('error', texts.save.failed);
    }
    setTheirs(saved.value);
    announce('warning', texts.conflict.title(personName(texts, saved.value.updatedBy)));
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
          texts={texts}
          text={texts.save.version(base.version, formatMoment(texts, base.updatedAt, timeZone))}
          who={base.updatedBy}
        />
      )}
    </Stack>
  );
}

/** A flag is read out when it appears; what the page draws is not. */
function announce(type: 'success' | 'warning' | 'error', title: string, description?: string): void {
  showFlag({
    id: 'mapping-save',
    type,
    title,
    ...(description === undefined ? {} : { description }),
    isAutoDismiss: true,
  });
}

/** The mapping as it is saved now. */
async function readSaved(adapterId: string): Promise<ForgeAnswer<MappingDocument>> {
  const page = await callResolver('getPage', { adapterId });
  if (!page.ok) return page;
  const { current } = page.value.page;
  return current ? { ok: true, value: current.document } : { ok: false, problem: unreachable };
}

function statusLine({ save }: Texts, faults: number, dirty: boolean, saved: boolean): string {
  if (faults > 0) return save.faults(faults);
  if (dirty) return save.dirty;
  return saved ? save.saved : '';
}
