import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The service's log. Of an error it keeps the type, message, code, stack and causes, and nothing else: libraries
 * hang requests, connections and answers on their errors, and those hold secrets.
 *
 * @param destination where lines go; standard output when left out
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

const deepest = 5;

type DescribedError = { type: string; message: string; code?: unknown; stack?: string; cause?: unknown };

/** Describes an error, or what has an error's fields without being one, as pg-boss tells of a job's. */
function describeError(error: unknown, depth = 0): DescribedError | string | undefined {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  const { name, message, code, stack, cause } = error as Partial<Error> & { code?: unknown };
  return {
    type: name ?? 'Error',
    message: String(message),
    code,
    stack,
    cause: cause !== undefined && depth < deepest ? describeError(cause, depth + 1) : undefined,
  };
}
