import { Gauge, type Registry } from 'prom-client';
import type { PrismaClient } from '../store/generated/client.ts';

/** How many accounts are reported to Atlassian, and how many of them are overdue. Numbers alone. */
export function measureAccounts(metrics: Registry, db: PrismaClient, now: () => Date): void {
  new Gauge({
    name: 'userhero_reported_accounts',
    help: 'Atlassian accounts that are reported to its personal data API, by whether their report is due',
    labelNames: ['due'],
    registers: [metrics],
    async collect() {
      const where = { nextReportAt: { lte: now() } };
      const [all, due] = await Promise.all([db.reportedAccount.count(), db.reportedAccount.count({ where })]);
      this.set({ due: 'yes' }, due);
      this.set({ due: 'no' }, all - due);
    },
  });
}
