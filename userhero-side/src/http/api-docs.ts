import { z } from 'zod';
import type { Route } from './route.ts';

/**
 * The API's documentation as one page without a script, made from the same routes as the OpenAPI document.
 *
 * @see docs/decisions/005-api-page-of-our-own.md
 */
export function toApiPage(routes: readonly Route[]): string {
  const groups = Map.groupBy(routes, (route) => groupOf(route.path));
  const sections = [...groups].map(
    ([name, members]) =>
      `<section aria-labelledby="${name}"><h2 id="${name}">${name}</h2>${members.map(operation).join('')}</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API – UserHero</title><style>${style}</style></head>
<body><main><h1>UserHero ⇄ Jira API</h1>
<p>Send <code>Authorization: Bearer {api-key}</code>. Lists page with <code>cursor</code> and <code>limit</code>. Errors are
RFC 9457 problem documents with a stable <code>code</code>. The same as data: <a href="/api/openapi.json">openapi.json</a>.</p>
<nav aria-label="Groups">${[...groups.keys()].map((name) => `<a href="#${name}">${name}</a>`).join(' ')}</nav>
${sections.join('')}</main></body></html>`;
}

function groupOf(path: string): string {
  return path.split('/')[2] ?? 'other';
}

function operation(route: Route): string {
  const path = route.path.replace(/:(\w+)/g, '{$1}');
  const query = route.query instanceof z.ZodObject ? Object.keys(route.query.shape) : [];
  return `<details><summary><b class="${route.method}">${route.method.toUpperCase()}</b> <code>${path}</code><span>${escapeHtml(route.summary)}</span></summary>
${query.length > 0 ? `<h3>Query</h3><p>${query.map((name) => `<code>${name}</code>`).join(' ')}</p>` : ''}
${route.body ? `<h3>Body</h3>${schema(route.body)}` : ''}
<h3>Answer</h3>${schema(route.answers)}</details>`;
}

function schema(type: z.ZodType): string {
  const document = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
  return `<pre tabindex="0">${escapeHtml(JSON.stringify({ ...document, $schema: undefined }, null, 2))}</pre>`;
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
summary code{overflow-wrap:anywhere}
h3{font-size:.9rem;margin:.8rem 0 .2rem}
pre{overflow:auto;max-height:24rem;font-size:.85rem;margin:0}
b{font-family:ui-monospace,monospace}`;
