import { Anchor } from '@mantine/core';
import type { ExternalReference, ReferenceState } from '@userhero/shared/contracts/item.ts';
import { referenceStateTexts } from '@userhero/shared/domain/reference-state.ts';
import { ExternalIcon } from './icons.tsx';
import { Tag, type TagTone } from './tag.tsx';

const tones: Record<ReferenceState, TagTone> = {
  active: 'good',
  disconnected: 'plain',
  issue_deleted: 'bad',
  issue_moved: 'warn',
  project_deleted: 'bad',
  not_visible: 'warn',
};

/** How an external reference fares. */
export function ReferenceStateTag({ state }: { state: ReferenceState }) {
  return <Tag tone={tones[state]}>{referenceStateTexts[state].label}</Tag>;
}

/** The direct link to a Jira issue. */
export function ReferenceLink({ reference }: { reference: ExternalReference }) {
  return (
    <Anchor
      href={reference.url}
      target="_blank"
      rel="noreferrer"
      fz="inherit"
      aria-label={`${reference.key} in Jira, opens in a new tab`}
      style={{ display: 'inline-flex', alignItems: 'center', gap: 5, whiteSpace: 'nowrap' }}
    >
      {reference.key}
      <ExternalIcon />
    </Anchor>
  );
}
