import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApiDocument, Operation } from '../src/http/openapi/document.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { bodyOf } from './support/steps.ts';

const redocly = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));

let harness: Harness;
let document: OpenApiDocument;
let operations: { name: string; path: string; operation: Operation }[];

beforeAll(async () => {
  harness = await startHarness();
  document = bodyOf(await harness.nobody<OpenApiDocument>('GET', '/api/openapi.json'));
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});
afterAll(() => harness.stop());

describe('the OpenAPI document', () => {
  it('is one in which redocly’s linter finds nothing', async () => {
    expect(await lint(document)).toEqual([]);
    const [first] = operations;
    const worse = structuredClone(document);
    worse.paths[first?.path ?? ''] = { get: { ...first?.operation, responses: {} } as Operation };
    expect(await lint(worse), 'the linter looks at it').not.toEqual([]);
  });

  it('gives every operation an id of its own that begins with a verb, and a group', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const groups = document.tags.map(({ name }) => name);
    for (const { name, operation } of operations) {
      expect(operation.operationId, name).toMatch(verbs);
      expect(
        operation.tags.filter((tag) => groups.includes(tag)),
        name,
      ).toHaveLength(1);
    }
    const grouped = operations.filter(({ operation }) => operation.tags.includes('Forge app'));
    expect(grouped.map(({ name }) => name)).toContain('GET /api/forge/issues/{issueId}');
  });

  it('names the schema of every body and answer', () => {
    const unnamed: string[] = [];
    for (const { name, operation } of operations) {
      const { requestBody, responses } = operation;
      const bodies = [requestBody, ...Object.values(responses)] as { content?: Content }[];
      for (const body of bodies) {
        const schema = body?.content?.['application/json']?.schema;
        if (schema && !('$ref' in schema)) unnamed.push(name);
      }
    }
    expect([...new Set(unnamed)]).toEqual([
      // Two answers in one: the item, or the preview of `dryRun`.
      'PUT /api/items/{id}/references/jira',
      // Whatever Jira sends.
      'POST /api/webhooks/jira',
      'GET /healthz',
      'GET /readyz',
    ]);
  });

  it('says of every refusal which codes it may have', () => {
    for (const { name, operation } of operations) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (!/^[45]/.test(status) || operation.tags.includes('Operation')) continue;
        const problem = (response as { content: Record<string, { examples: object }> }).content[
          'application/problem+json'
        ];
        expect(Object.keys(problem?.examples ?? {}).length, `${name} ${status}`).toBeGreaterThan(0);
      }
    }
    const pushed = operations.find(({ operation }) => operation.operationId === 'pushItem')?.operation;
    expect(Object.keys(pushed?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '201', '202', '401', '403', '404', '409', '429', '502', '503']),
    );
  });

  it('explains a list’s cursor where it is asked for and where it is given', () => {
    const list = operations.find(({ operation }) => operation.operationId === 'listItems')?.operation;
    const cursor = list?.parameters.find(({ name }) => name === 'cursor');
    expect(cursor?.description).toContain('nextCursor');
    const page = document.components.schemas.ItemPage as {
      properties: { nextCursor: { description: string } };
    };
    expect(page.properties.nextCursor.description).toContain('cursor');
  });
});

describe('the API page', () => {
  it('lists every operation in its group, the Forge app’s too', async () => {
    const page = bodyOf(await harness.nobody<string>('GET', '/api/docs'));
    for (const { path, operation } of operations) {
      expect(page).toContain(`<code>${path}</code>`);
      expect(page).toContain(operation.tags[0]);
    }
    expect(page.indexOf('/api/forge/issues/{issueId}')).toBeGreaterThan(page.indexOf('<h2 id="forge-app">'));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !page.includes(` id="${id}"`))).toEqual([]);
  });
});

type Content = Record<string, { schema: Record<string, unknown> }>;

const verbs =
  /^(add|apply|cancel|check|choose|create|disconnect|finish|get|link|list|pause|preview|push|receive|reconnect|replay|resolve|resume|save|search|start|unlink|update)[A-Z]/;

/** What redocly's recommended rules find, by rule and place. */
async function lint(of: OpenApiDocument): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(of));
    const { problems } = JSON.parse(
      await run([redocly, 'lint', file, '--format', 'json'], folder),
    ) as Findings;
    return problems.map(({ ruleId, location }) => `${ruleId} at ${location[0]?.pointer}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Findings = { problems: { ruleId: string; location: { pointer: string }[] }[] };

/** Runs a script and answers what it prints, whether it is content or not. */
function run(args: string[], cwd: string): Promise<string> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
      error && stdout === '' ? fail(error) : done(stdout),
    );
  });
}
