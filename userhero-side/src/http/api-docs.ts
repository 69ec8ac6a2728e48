import type { JsonSchema } from './openapi/components.ts';
import type { OpenApiDocument, Operation } from './openapi/document.ts';

/**
 * The API's documentation as one page without a script, made from the OpenAPI document.
 *
 * @see docs/decisions/005-api-page-of-our-own.md
 */
export function toApiPage({ tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const members = operations.filter(({ operation }) => operation.tags.includes(name));
    return section(name, `<p>${escapeHtml(description)}</p>${members.map(toDetails).join('')}`);
  });
  const names = [...tags.map(({ name }) => name), 'Schemas'];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API – UserHero</title><style>${style}</style></head>
<body><main><h1>UserHero ⇄ Jira API</h1>
<p>Send <code>Authorization: Bearer {api-key}</code>. Lists page with <code>cursor</code> and <code>limit</code>. Errors are
RFC 9457 problem documents with a stable <code>code</code>. The same as data: <a href="/api/openapi.json">openapi.json</a>.</p>
<nav aria-label="Groups">${names.map((name) => `<a href="#${anchor(name)}">${name}</a>`).join(' ')}</nav>
${sections.join('')}${section('Schemas', Object.entries(components.schemas).map(toSchema).join(''))}</main></body></html>`;
}

function section(name: string, content: string): string {
  const id = anchor(name);
  return `<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${content}</section>`;
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function toDetails({
  method,
  path,
  operation,
}: {
  method: string;
  path: string;
  operation: Operation;
}): string {
  const { summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody && Object.values(requestBody.content)[0]?.schema;
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${path}</code><span>${escapeHtml(summary)}</span></summary>
${description ? `<p>${withCode(description)}</p>` : ''}
${parameters.length > 0 ? `<h3>Parameters</h3><ul>${parameters.map(toParameter).join('')}</ul>` : ''}
${body ? `<h3>Body</h3>${toForm(body)}` : ''}
<h3>Answers</h3><dl>${Object.entries(responses).map(toResponse).join('')}</dl></details>`;
}

function toParameter({ name, in: place, required, description }: Operation['parameters'][number]): string {
  const about = description ? `: ${withCode(description)}` : '';
  return `<li><code>${name}</code> in the ${place}${required ? '' : ', optional'}${about}</li>`;
}

function toResponse([status, response]: [string, unknown]): string {
  const { description, content } = response as {
    description: string;
    content?: Record<string, { schema: JsonSchema }>;
  };
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  const form = type === 'application/json' && media ? toForm(media.schema) : '';
  return `<dt>${status}</dt><dd>${withCode(description).replaceAll('\n\n', '<br>')}${form}</dd>`;
}

/** A schema with a name is a link to it. */
function toForm(schema: JsonSchema): string {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  return name ? `<p><a href="#schema-${name}">${name}</a></p>` : toJson(schema);
}

function toSchema([name, schema]: [string, JsonSchema]): string {
  return `<h3 id="schema-${name}">${name}</h3>${toJson(schema)}`;
}

function toJson(schema: JsonSchema): string {
  return `<pre tabindex="0">${escapeHtml(JSON.stringify(schema, null, 2))}</pre>`;
}

/** What stands between backticks is code. */
function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const style = `
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:light-dark(#fff,#14181d);color:light-dark(#1c2733,#d9e0e8)}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem}
a{color:light-dark(#0a5dc2,#9cc4ff)}
nav a{display:inline-block;margin-right:.75rem}
details{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:.5rem;margin:.5rem 0;padding:.6rem .8rem}
summary{cursor:pointer}
summary span{display:block;margin-left:1.1rem}
code,summary code{overflow-wrap:anywhere}
h3{font-size:.9rem;margin:.8rem 0 .2rem}
p,ul,dl{margin:.3rem 0}
dt{font-weight:600}
dd{margin:0 0 .4rem 1.1rem}
pre{overflow:auto;max-height:24rem;font-size:.85rem;margin:0}
b{font-family:ui-monospace,monospace}`;
