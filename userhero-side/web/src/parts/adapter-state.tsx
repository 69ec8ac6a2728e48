import { useQuery } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { HealthLevel } from '@userhero/shared/contracts/health.ts';
import { healthLevelNames } from '@userhero/shared/health/health-text.ts';
import { healthQuery } from '../data/adapters.ts';
import { Tag, type TagTone } from './tag.tsx';

const looks: Record<Exclude<Adapter['state'], 'active'>, readonly [TagTone, string]> = {
  authorizing: ['info', 'Waiting for consent'],
  choosing: ['info', 'Set-up not finished'],
  paused: ['warn', 'Paused'],
  needs_reauth: ['bad', 'Needs to reconnect'],
  disconnected: ['plain', 'Disconnected'],
};

const healthTones: Record<HealthLevel, TagTone> = {
  healthy: 'good',
  waiting: 'info',
  attention: 'warn',
  not_syncing: 'plain',
};

/** How an adapter is, in two or three words: its state, or its health once it is active. The same on every page. */
export function AdapterStateTag({ adapter }: { adapter: Pick<Adapter, 'id' | 'state'> }) {
  const isActive = adapter.state === 'active';
  const health = useQuery({ ...healthQuery(adapter.id), enabled: isActive });
  if (adapter.state !== 'active') {
    const [tone, label] = looks[adapter.state];
    return <Tag tone={tone}>{label}</Tag>;
  }
  if (!health.data) return null;
  return <Tag tone={healthTones[health.data.level]}>{healthLevelNames[health.data.level]}</Tag>;
}
