/** What host and function worker say to each other; plain data. */
export type InvokeMessage = {
  type: 'invoke';
  id: string;
  /** The manifest's handler: `{file}.{export}`. */
  handler: string;
  args: unknown[];
  /** `global.__forge_runtime__` of this invocation, without its functions. */
  runtime: Record<string, unknown> & { aaid?: string };
  deadlineAt: number;
};
export type FetchedMessage = { type: 'fetched'; id: string; response: PlainResponse };
export type ToWorker = InvokeMessage | FetchedMessage;

export type FetchMessage = { type: 'fetch'; id: string; invocationId: string; request: PlainRequest };
export type DoneMessage = { type: 'done'; id: string; value: unknown };
/** `name` is what Forge looks at: `NEEDS_AUTHENTICATION_ERR` has it ask the person (`api/out/api/errors.js`). */
export type FailedMessage = { type: 'failed'; id: string; name: string; message: string; stack: string };
export type LogMessage = { type: 'log'; invocationId: string | null; text: string };
export type FromWorker = FetchMessage | DoneMessage | FailedMessage | LogMessage;

/**
 * The first argument of `global.__forge_fetch__` as `@forge/api` gives it (`api/out/api/fetch.js`, `endpoint.js`):
 * `fpp` a product, `frc` a remote; `egress` is the host's own name for a plain `fetch`.
 */
export type FetchTarget = {
  type: string;
  provider?: string;
  remote?: string;
  accountId?: string;
};

export type PlainRequest = {
  target: FetchTarget;
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
};

export type PlainResponse = { status: number; headers: Record<string, string>; body: string };
