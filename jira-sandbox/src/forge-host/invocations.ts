import { randomUUID } from 'node:crypto';

const keptInvocations = 300;

/** A request that a function or the page sent out during an invocation. */
export type OutgoingRequest = {
  kind: 'product' | 'remote' | 'fetch';
  as: 'user' | 'app' | 'none';
  method: string;
  target: string;
  status: number;
  durationMs: number;
};

/** One run of a function, or one request straight from the page. */
export type Invocation = {
  id: string;
  at: number;
  site: string;
  kind: 'resolver' | 'trigger' | 'page';
  moduleKey: string;
  /** The manifest's function; empty for a request straight from the page. */
  functionKey: string;
  /** The resolver's definition, or the event. */
  call: string;
  accountId: string | null;
  retryCount: number;
  /** `filtered`: the manifest's filter kept it back; `dropped`: Forge does not deliver it at all. */
  outcome: 'running' | 'ok' | 'error' | 'retry' | 'filtered' | 'dropped';
  error: string | null;
  durationMs: number;
  requests: OutgoingRequest[];
  logs: string[];
};

/** Starts the record of an invocation. */
export function recordInvocation(
  list: Invocation[],
  at: number,
  facts: Pick<Invocation, 'site' | 'kind' | 'moduleKey' | 'functionKey' | 'call' | 'accountId'>,
  retryCount = 0,
): Invocation {
  const invocation: Invocation = {
    id: randomUUID(),
    at,
    ...facts,
    retryCount,
    outcome: 'running',
    error: null,
    durationMs: 0,
    requests: [],
    logs: [],
  };
  list.push(invocation);
  list.splice(0, Math.max(0, list.length - keptInvocations));
  return invocation;
}
