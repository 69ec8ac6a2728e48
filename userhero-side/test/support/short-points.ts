import { until } from './call.ts';
import type { Harness } from './harness.ts';
import { bodyOf } from './steps.ts';

type Limits = { window: { start: number }; refused: Record<string, number> };

const readLimits = async (harness: Harness) =>
  bodyOf(await harness.jira<Limits>('GET', '/sandbox/api/limits'));

/** How many calls the local Jira has refused over its limits. */
export async function refusedCalls(harness: Harness): Promise<number> {
  return Object.values((await readLimits(harness)).refused).reduce((sum, count) => sum + count, 0);
}

/** Makes Jira's points short, lets the service hear of it, and waits for a window in which nothing has been spent. */
export async function shortenPoints(
  harness: Harness,
  adapterId: string,
  limits: { points: number; windowMs: number },
): Promise<void> {
  bodyOf(await harness.jira('POST', '/sandbox/api/limits', limits));
  let heard = Date.now();
  await until('Jira’s quota being known, in a window of its own', async () => {
    const known = await harness.database.prisma.quotaPool.findUnique({ where: { pool: 'app' } });
    if (known?.quota === limits.points) return (await readLimits(harness)).window.start > heard;
    heard = Date.now();
    bodyOf(await harness.robin('GET', `/api/adapters/${adapterId}/jira-statuses`));
    return false;
  });
}
