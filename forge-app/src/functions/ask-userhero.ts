import { type ForgeAnswer, type ForgeProblem, forgeProblemSchema } from '@userhero/shared/contracts/forge.ts';
import { unreachable } from '../unreachable.ts';
import { wantsConsent } from './consent.ts';
import type { Answer, FunctionPorts, RemoteRequest } from './function-ports.ts';
import { withTimeLimit } from './time-limit.ts';

/** Whatever reads an answer: a zod schema of the shared contracts. */
export type Reader<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

/**
 * Asks UserHero and reads its answer; a refusal, a time-out and an odd answer are all problems to show. Forge's wish
 * for the person's consent is thrown on: `invokeRemote` may have it as well.
 */
export async function askUserHero<T>(
  ports: FunctionPorts,
  request: RemoteRequest,
  reader: Reader<T>,
): Promise<ForgeAnswer<T>> {
  const answer = await withTimeLimit(ports.askRemote(request)).catch((error: unknown) => {
    if (wantsConsent(error)) throw error;
    ports.logError(`UserHero does not answer: ${String(error)}`);
    return null;
  });
  if (!answer) return { ok: false, problem: unreachable };
  const body = await answer.json().catch(() => null);
  if (!answer.ok) {
    if (isForOperators(answer.status)) {
      ports.logError(`UserHero answered ${request.method} ${request.path} with status ${answer.status}`);
    }
    return { ok: false, problem: readProblem(answer, body) };
  }
  const read = reader.safeParse(body);
  if (read.success) return { ok: true, value: read.data };
  ports.logError(`UserHero answered ${request.method} ${request.path} in an unknown form`);
  return { ok: false, problem: unreadable };
}

/** What no person in Jira can mend is told to `forge logs` as well. */
function isForOperators(status: number): boolean {
  return status === 401 || status >= 500;
}

function readProblem(answer: Answer, body: unknown): ForgeProblem {
  const problem = forgeProblemSchema.safeParse(body);
  if (problem.success) return problem.data;
  return { ...unreachable, detail: `UserHero answered with status ${answer.status}.` };
}

const unreadable: ForgeProblem = {
  code: 'internal',
  detail: 'UserHero answered in a form that this version of the app does not know.',
  remedy: 'Update the app, or ask UserHero support.',
};
