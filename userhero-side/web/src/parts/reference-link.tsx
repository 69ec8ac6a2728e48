import { Anchor } from '@mantine/core';
import type { ExternalReference, ReferenceState } from '@userhero/shared/contracts/item.ts';
import { ExternalIcon } from './icons.tsx';
import { Tag, type TagTone } from './tag.tsx';

const states: Record<ReferenceState, readonly [TagTone, string]> = {
  active: ['good', 'In sync'],
  disconnected: ['plain', 'Not synced'],
  issue_deleted: ['bad', 'Issue deleted'],
  issue_moved: ['warn', 'Issue moved'],
  project_deleted: ['bad', 'Project deleted'],
  not_visible: ['warn', 'Not visible'],
};

/** How an external reference fares. */
export function ReferenceStateTag({ state }: { state: ReferenceState }) {
  const [tone, label] = states[state];
  return <Tag tone={tone}>{label}</Tag>;
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
