import type { ProblemCode } from '@userhero/shared/contracts/problem.ts';
import { problemKinds, toProblemDocument } from '../problem.ts';
import type { RouteFacts } from '../route.ts';

/** A problem's response for each status, with the codes that a route may answer there. */
export function problemResponses(route: RouteFacts): Record<string, unknown> {
  const byStatus = Map.groupBy(codesOf(route), (code) => problemKinds[code][0]);
  const sorted = [...byStatus].sort(([left], [right]) => left - right);
  const responses = sorted.map(([status, codes]) => [status, problemResponse(status, codes)]);
  return { ...(byStatus.size === 0 ? malformed : {}), ...Object.fromEntries(responses) };
}

/** Those that it names, and those that follow from what it asks for. */
function codesOf(route: RouteFacts): ProblemCode[] {
  const codes: ProblemCode[] = [...route.problems];
  if (route.credential !== null) codes.push('unauthenticated', 'rate_limited', 'overloaded', 'internal');
  if (route.credential === 'forgeToken') codes.push('forbidden');
  if (Object.keys(route.params).length > 0) codes.push('not_found');
  if (route.query !== null && route.credential !== null) codes.push('validation_failed');
  if (route.headers !== null && route.credential !== 'jiraSender') codes.push('validation_failed');
  if (route.method !== 'get') codes.push('not_json', 'payload_too_large', 'unsupported_media_type');
  if (route.body !== null && route.credential !== 'jiraSender') codes.push('validation_failed');
  return [...new Set(codes)];
}

function problemResponse(status: number, codes: readonly ProblemCode[]): unknown {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return {
    description: codes.map((code) => `\`${code}\`: ${problemKinds[code][1]}.`).join('\n\n'),
    ...(waits.has(status) ? { headers: { 'Retry-After': retryAfter } } : {}),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

/** A document of every code that the routes may answer, which their responses refer to. */
export function problemExamples(routes: readonly RouteFacts[]): Record<string, unknown> {
  const codes = [...new Set(routes.flatMap(codesOf))].sort();
  const examples = codes.map((code) => {
    const [, title] = problemKinds[code];
    return [code, { summary: title, value: toProblemDocument({ code, detail: `${title}.` }) }];
  });
  return Object.fromEntries(examples);
}

const waits: ReadonlySet<number> = new Set([429, 503]);
const retryAfter = { description: 'Seconds to wait, where they are known.', schema: { type: 'integer' } };

/** Where a route refuses nothing: what is no HTTP never reaches it. */
const malformed = { '400': { description: 'The request is not HTTP, or its headers are too long.' } };
