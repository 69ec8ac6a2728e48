import { forgeRetrySchema } from '@userhero/shared/contracts/forge.ts';
import { parseEvent } from '@userhero/shared/jira/parse-event.ts';
import { deliveryBody } from './delivery-body.ts';
import type { Answer, FunctionPorts } from './function-ports.ts';
import { type RetryRequest, retryRequest } from './retry-request.ts';
import { withTimeLimit } from './time-limit.ts';

/** Sent again unchanged, such a body would be refused again. */
const hopeless: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/**
 * Reports a changed or deleted issue to UserHero, in one request. Whatever UserHero did not accept comes again,
 * unless it never will be; what is lost after Forge's last try, UserHero's comparison finds.
 */
export async function reportIssueChange(
  ports: FunctionPorts,
  body: unknown,
): Promise<RetryRequest | undefined> {
  const parsed = parseEvent(body);
  if (parsed.kind === 'not_needed') return undefined;
  if (parsed.kind === 'fault') {
    ports.logError(`An event that cannot be read: ${parsed.field}: ${parsed.message}`);
    return undefined;
  }
  const answer = await send(ports, JSON.stringify(deliveryBody(parsed.event)));
  if (answer?.ok) return undefined;
  if (answer && hopeless.has(answer.status)) {
    ports.logError(`UserHero refused the event of issue ${parsed.event.issueId}: status ${answer.status}`);
    return undefined;
  }
  const retryCount = forgeRetrySchema.safeParse(body).data?.retryContext?.retryCount ?? 0;
  return retryRequest(retryCount, Number(answer?.headers.get('retry-after')));
}

async function send(ports: FunctionPorts, body: string): Promise<Answer | null> {
  const headers = { 'content-type': 'application/json' };
  try {
    return await withTimeLimit(
      ports.askRemote({ method: 'POST', path: '/api/webhooks/jira', headers, body }),
    );
  } catch (error) {
    ports.logError(`UserHero does not answer: ${String(error)}`);
    return null;
  }
}
