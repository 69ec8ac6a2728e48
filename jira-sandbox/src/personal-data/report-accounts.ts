import type { Request, Response } from 'express';
import { z } from 'zod';
import { bearerToken } from '../oauth/accessible-resources.ts';
import { grantOfToken } from '../oauth/grants.ts';
import type { Sandbox } from '../sandbox.ts';

const mostAccounts = 90;
const reportSchema = z.object({
  accounts: z
    .array(z.object({ accountId: z.string().min(1), updatedAt: z.iso.datetime() }))
    .min(1)
    .max(mostAccounts),
});

/**
 * POST /app/report-accounts: which accounts an app keeps data of. 200 names those that were closed, or whose profile
 * changed after what the app keeps; 204 says that there are none.
 */
export function reportAccounts(sandbox: Sandbox, request: Request, response: Response): void {
  const token = bearerToken(request.headers.authorization);
  const grant = token ? grantOfToken(sandbox, token) : null;
  if (!grant) {
    response.status(401).json({ code: 401, message: 'Unauthorized' });
    return;
  }
  if (!grant.scopes.includes('report:personal-data')) {
    response.status(403).json({ code: 403, message: 'The scope report:personal-data is missing' });
    return;
  }
  const read = reportSchema.safeParse(request.body);
  if (!read.success) {
    response.status(400).json({ code: 400, message: z.prettifyError(read.error) });
    return;
  }
  const findings = read.data.accounts.flatMap((one) => findingOf(sandbox, one));
  sandbox.save();
  response.set('cycle-period', String(sandbox.world.personalData.cycleDays));
  if (findings.length === 0) response.status(204).end();
  else response.json({ accounts: findings });
}

function findingOf(sandbox: Sandbox, reported: { accountId: string; updatedAt: string }) {
  const { reports, closed, changedAt } = sandbox.world.personalData;
  const { accountId, updatedAt } = reported;
  const times = (reports[accountId]?.times ?? 0) + 1;
  reports[accountId] = { at: sandbox.now(), updatedAt, times };
  if (closed.includes(accountId)) return [{ accountId, status: 'closed' }];
  const isStale = (changedAt[accountId] ?? 0) > Date.parse(updatedAt);
  return isStale ? [{ accountId, status: 'updated' }] : [];
}
