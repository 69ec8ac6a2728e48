import type { ConnectPorts } from './connect-ports.ts';

/**
 * Takes the adapter's project out of the webhook that was registered for it, while its present grant and site are
 * still known. Jira being away keeps nobody: such a webhook ends by itself, and its events change nothing here.
 */
export async function leaveWebhook(
  ports: Pick<ConnectPorts, 'withdrawWebhook' | 'logProblem'>,
  adapterId: string,
): Promise<void> {
  const withdrawn = await ports.withdrawWebhook(adapterId);
  if (!withdrawn.ok) ports.logProblem(withdrawn.problem, 'the registered webhook was not withdrawn');
}
