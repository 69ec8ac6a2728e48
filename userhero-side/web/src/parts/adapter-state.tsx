import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { Tag, type TagTone } from './tag.tsx';

const looks: Record<Adapter['state'], readonly [TagTone, string]> = {
  authorizing: ['info', 'Waiting for consent'],
  choosing: ['info', 'Set-up not finished'],
  active: ['good', 'Connected'],
  paused: ['warn', 'Paused'],
  needs_reauth: ['bad', 'Needs to reconnect'],
  disconnected: ['plain', 'Disconnected'],
};

/** An adapter's state in two or three words. */
export function AdapterStateTag({ adapter }: { adapter: Pick<Adapter, 'state'> }) {
  const [tone, label] = looks[adapter.state];
  return <Tag tone={tone}>{label}</Tag>;
}
