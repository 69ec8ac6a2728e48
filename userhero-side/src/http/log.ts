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

function describeError(error: unknown, depth = 0): DescribedError | unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined;
  const { cause } = error;
  return {
    type: error.name,
    message: error.message,
    code: 'code' in error ? error.code : undefined,
    stack: error.stack,
    cause: cause !== undefined && depth < deepest ? describeError(cause, depth + 1) : undefined,
  };
}
