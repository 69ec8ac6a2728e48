import { showFlag } from '@forge/bridge';
import { Button, ButtonGroup, Inline, LoadingButton, Stack, Text } from '@forge/react';
import type { ForgeAnswer, ForgeCurrent, ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import { showsInboundPriorities } from '@userhero/shared/mapping/inbound-priority-rows.ts';
import {
  changeDraft,
  draftFaults,
  isDefault,
  isDirty,
  saveLine,
  startDraft,
} from '@userhero/shared/mapping/mapping-draft.ts';
import { resolutionOverrides, statusOverrides } from '@userhero/shared/mapping/override-list.ts';
import { useReducer } from 'react';
import { callResolver } from '../parts/call-resolver.ts';
import { personName, Remark } from '../parts/person.tsx';
import { ProblemMessage } from '../parts/states.tsx';
import { formatMoment } from '../texts/choose-texts.ts';
import type { Texts } from '../texts/en.ts';
import { unreachable } from '../unreachable.ts';
import { Conflict } from './conflict.tsx';
import { InboundPriorities } from './inbound-priorities.tsx';
import { InboundRules } from './inbound-rules.tsx';
import { LandingTable } from './landing-table.tsx';
import { namesOf } from './names.ts';
import { OutboundRules } from './outbound-rules.tsx';
import { Overrides } from './overrides.tsx';
import type { PartProps } from './part-props.ts';
import { Preview } from './preview.tsx';
import { PriorityTable } from './priority-table.tsx';
import { Resolutions } from './resolutions.tsx';

type EditorProps = {
  current: ForgeCurrent;
  page: Texts;
  timeZone: string | undefined;
};

/** The mapping editor: live checks, preview, and a save that never overwrites somebody else's unseen. */
export function MappingEditor({ current, page, timeZone }: EditorProps) {
  const { adapterId, workflow } = current;
  const names = namesOf(page, current);
  const { texts } = names;
  const [draft, dispatch] = useReducer(changeDraft<ForgeProblem>, current.document, startDraft<ForgeProblem>);
  const { base, mapping, theirs, progress, refusal } = draft;
  const faults = draftFaults(mapping, refusal?.errors ?? [], {
    texts: texts.faults,
    workflow,
    jiraStatuses: current.jira?.statuses ?? null,
    jiraResolutions: current.jira?.resolutions ?? null,
    jiraPriorities: current.jira?.priorities ?? null,
  });
  const dirty = isDirty(draft);

  const save = async (): Promise<void> => {
    dispatch({ kind: 'sent' });
    const answer = await callResolver('saveMapping', { adapterId, version: base.version, mapping });
    if (answer.ok) {
      dispatch({ kind: 'saved', document: answer.value });
      return announce('success', texts.save.savedFlag, texts.save.savedFlagText);
    }
    const saved = answer.problem.code === 'mapping_conflict' ? await readSaved(adapterId) : null;
    if (!saved?.ok) {
      dispatch({ kind: 'refused', refusal: saved?.problem ?? answer.problem });
      return announce('error', texts.save.failed);
    }
    dispatch({ kind: 'conflicted', theirs: saved.value });
    announce('warning', `${personName(page, saved.value.updatedBy)} ${texts.conflict.saved}`);
  };

  const part: PartProps = {
    mapping,
    names,
    faultOf: (field) => faults.get(field),
    onChange: (edited) => dispatch({ kind: 'edited', mapping: edited }),
  };
  return (
    <Stack space="space.300">
      <OutboundRules {...part} />
      <InboundRules {...part} />
      <Overrides {...part} list={statusOverrides(mapping, names)} />
      <Resolutions {...part} />
      <Overrides {...part} list={resolutionOverrides(mapping, names)} />
      <PriorityTable {...part} />
      {showsInboundPriorities(current.sync, mapping, part.faultOf) && <InboundPriorities {...part} />}
      <LandingTable mapping={mapping} names={names} />
      <Preview adapterId={adapterId} mapping={mapping} names={names} isValid={faults.size === 0} />
      {theirs && (
        <Conflict
          mine={mapping}
          theirs={theirs}
          names={names}
          onResolve={(keep) => dispatch({ kind: 'resolved', keep })}
        />
      )}
      {refusal && <ProblemMessage texts={page} problem={refusal} title={texts.save.failed} />}
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
          {dirty && <Button onClick={() => dispatch({ kind: 'undone' })}>{texts.save.undo}</Button>}
          {!isDefault(draft, workflow) && (
            <Button appearance="subtle" onClick={() => dispatch({ kind: 'reset', workflow })}>
              {texts.save.defaults}
            </Button>
          )}
        </ButtonGroup>
        <Text>{saveLine(texts, { faults: faults.size, dirty, saved: progress === 'saved' })}</Text>
      </Inline>
      {base.isDefault ? (
        <Text color="color.text.subtle" size="small">
          {texts.save.isDefault}
        </Text>
      ) : (
        <Remark
          texts={page}
          text={texts.save.version(base.version, formatMoment(page, base.updatedAt, timeZone))}
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
