import { Gauge, type Registry } from 'prom-client';
import type { Ledger } from './ledger.ts';

/** How Jira's points stand in the present window: of the app, and of each site that has its own. */
export function measurePoints(metrics: Registry, ledger: Pick<Ledger, 'pools'>): void {
  new Gauge({
    name: 'userhero_jira_points',
    help: 'Points of Jira in the present window: what it grants, what of that is usable, spent and left',
    labelNames: ['pool', 'points'],
    registers: [metrics],
    collect() {
      this.reset();
      for (const { name: pool, quota, usable, spent } of ledger.pools()) {
        this.set({ pool, points: 'quota' }, quota);
        this.set({ pool, points: 'usable' }, usable);
        this.set({ pool, points: 'spent' }, spent);
        this.set({ pool, points: 'left' }, Math.max(0, usable - spent));
      }
    },
  });
}
