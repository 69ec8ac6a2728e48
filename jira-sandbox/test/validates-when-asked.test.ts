import { expect, it } from 'vitest';
import { startSandbox } from '../src/start-sandbox.ts';

async function linesOf(openapiFile?: string): Promise<string[]> {
  const lines: string[] = [];
  const sandbox = await startSandbox({ port: 0, openapiFile, log: (line) => lines.push(line) });
  await sandbox.close();
  return lines;
}

it('says that it cannot validate only when it was asked to', async () => {
  expect(await linesOf()).toEqual([]);
  expect(await linesOf('/no/such/openapi.json')).toEqual([
    'openapi: /no/such/openapi.json is not there, so REST is not validated',
  ]);
});
