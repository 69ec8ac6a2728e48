import { problemSchema } from '@userhero/shared/contracts/problem.ts';
import { z } from 'zod';
import type { RouteFacts } from '../route.ts';
import { type Components, createComponents, type JsonSchema } from './components.ts';
import { credentialsOf, securitySchemes } from './credentials.ts';
import { exampleOf } from './examples.ts';
import { problemExamples, problemResponses } from './problem-responses.ts';
import { tags } from './tags.ts';

/** The OpenAPI 3.1 document, made from the same schemas that requests are parsed with and answers are checked by. */
export function toOpenApi(routes: readonly RouteFacts[], publicUrl: string): OpenApiDocument {
  const components = createComponents();
  components.refer(problemSchema);
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: toOperation(route, components) };
  }
  const used = new Set(routes.map((route) => route.tag));
  const schemas = [...components.schemas].sort(([left], [right]) => left.localeCompare(right));
  return {
    openapi: '3.1.0',
    info: {
      title: 'UserHero ⇄ Jira',
      version: '1',
      description,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [
      {
        url: '{origin}',
        description: 'This UserHero',
        variables: { origin: { default: publicUrl, description: 'Where UserHero is reached.' } },
      },
    ],
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name as keyof typeof tags))
      .map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      securitySchemes,
      examples: problemExamples(routes),
      schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, withExample(name, schema)])),
    },
  };
}

export type OpenApiDocument = {
  openapi: string;
  info: Record<string, unknown>;
  servers: unknown[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: Record<string, unknown>;
    examples: Record<string, unknown>;
    schemas: Record<string, JsonSchema>;
  };
};

/** An operation of the document. */
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, unknown>;
};

type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

const description = `Connects workflows of UserHero with Jira projects: push items to Jira, and watch their statuses come back.

**Lists** are pages of \`{items, nextCursor}\`. Send \`nextCursor\` as \`cursor\` to get the next page; it is \`null\` on the
last one. A cursor is opaque and stays good while the list changes. \`limit\` is 50 unless you send another, 200 at most.

**Problems** are RFC 9457 documents of the type \`application/problem+json\`. Branch on \`code\`, which is stable, never on the
text. \`remedy\` says what to do, \`errors\` names the fields that are wrong, and support finds a problem by its \`requestId\`.

**Times** are ISO 8601 in UTC.`;

function toOperation(route: RouteFacts, components: Components): Operation {
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === null ? {} : { description: route.description }),
    security: credentialsOf(route.credential),
    parameters: [
      ...Object.entries(route.params).map(([name, schema]) => pathParameter(name, components.refer(schema))),
      ...parameters('query', route.query, components),
      ...parameters('header', route.headers, components),
    ],
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse({}).success,
            content: { 'application/json': { schema: components.refer(route.body) } },
          },
        }
      : {}),
    responses: {
      ...successResponses(route, components),
      ...problemResponses(route),
      ...(route.otherwise === undefined ? {} : { default: pageResponse(route.otherwise) }),
    },
  };
}

function pathParameter(name: string, schema: JsonSchema): Parameter {
  return { name, in: 'path', required: true, schema };
}

function parameters(
  place: 'query' | 'header',
  schema: z.ZodType | null,
  components: Components,
): Parameter[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, one]) => {
    const { description: about, ...form } = components.refer(one);
    return {
      name,
      in: place,
      required: !one.safeParse(undefined).success,
      ...(typeof about === 'string' ? { description: about } : {}),
      schema: form,
    };
  });
}

function successResponses(route: RouteFacts, components: Components): Record<string, unknown> {
  const headers = Object.fromEntries(
    Object.entries(route.answerHeaders).map(([name, about]) => [
      name,
      { description: about, schema: { type: 'string' } },
    ]),
  );
  const content = route.answers && {
    [route.mediaType ?? 'application/json']: { schema: components.refer(route.answers) },
  };
  return Object.fromEntries(
    Object.entries(route.statuses).map(([status, about]) => [
      status,
      {
        description: about,
        ...(Object.keys(headers).length > 0 ? { headers } : {}),
        ...(content ? { content } : {}),
      },
    ]),
  );
}

function pageResponse(about: string): unknown {
  return { description: about, content: { 'text/html': { schema: { type: 'string' } } } };
}

function withExample(name: string, schema: JsonSchema): JsonSchema {
  const example = exampleOf(name);
  return example === undefined ? schema : { ...schema, examples: [example] };
}
