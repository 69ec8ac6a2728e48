import { useQuery } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { HealthLevel } from '@userhero/shared/contracts/health.ts';
import { healthLevelNames } from '@userhero/shared/health/health-text.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
import { healthQuery } from '../data/adapters.ts';
import { Tag, type TagTone } from './tag.tsx';

const tones: Record<Exclude<Adapter['state'], 'active'>, TagTone> = {
  authorizing: 'info',
  choosing: 'info',
  paused: 'warn',
  needs_reauth: 'bad',
  disconnected: 'plain',
};

const healthTones: Record<HealthLevel, TagTone> = {
  healthy: 'good',
  waiting: 'info',
  attention: 'warn',
  not_syncing: 'plain',
};

/** The set-up's last step: the adapter is active already, and its health would mislead. */
export function SetUpTag() {
  return <Tag tone="info">{adapterStateText('en', { state: 'choosing', pauseReason: null }).label}</Tag>;
}

/** How an adapter is, in two or three words: its state, or its health once it is active. The same on every page. */
export function AdapterStateTag({ adapter }: { adapter: Pick<Adapter, 'id' | 'state' | 'pauseReason'> }) {
  const isActive = adapter.state === 'active';
  const health = useQuery({ ...healthQuery(adapter.id), enabled: isActive });
  if (adapter.state !== 'active') {
    const { label } = adapterStateText('en', adapter);
    return <Tag tone={tones[adapter.state]}>{label}</Tag>;
  }
  if (!health.data) return null;
  return <Tag tone={healthTones[health.data.level]}>{healthLevelNames[health.data.level]}</Tag>;
}
