import { expect, it } from 'vitest';
import { createLog } from './log.ts';

function written(err: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLog('warn', { write: (line) => lines.push(line) }).warn({ err }, 'told');
  return JSON.parse(lines[0] ?? '').err;
}

it('an error is told with its code and its causes, and nothing else that hangs on it', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), {
    code: 'ECONNREFUSED',
    password: 'secret',
  });
  const told = written(new Error('not applied', { cause }));
  expect(told).toMatchObject({
    type: 'Error',
    message: 'not applied',
    cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
  });
  expect(JSON.stringify(told)).not.toContain('secret');
});

it('what has an error’s fields without being one is told too: pg-boss spreads its errors into plain objects', () => {
  const spread = {
    message: 'connect ECONNREFUSED',
    stack: 'Error: at db.js',
    code: 'ECONNREFUSED',
    queue: 'push',
  };
  expect(written(spread)).toEqual({
    type: 'Error',
    message: 'connect ECONNREFUSED',
    stack: 'Error: at db.js',
    code: 'ECONNREFUSED',
  });
});

it('a chain of causes that never ends is cut', () => {
  const endless: { message: string; cause?: unknown } = { message: 'again' };
  endless.cause = endless;
  expect(JSON.stringify(written(endless)).match(/again/g)).toHaveLength(6);
});
