import type { OpenApiDocument } from '../../src/http/openapi/document.ts';
import type { Answer } from './call.ts';

/** Notes the answers that a service gives in a test, and afterwards names those that its document does not know. */
export async function watchAnswers(origin: string) {
  const response = await fetch(`${origin}/api/openapi.json`);
  const { paths } = (await response.json()) as OpenApiDocument;
  const undocumented = new Set<string>();
  return {
    undocumented,
    note(method: string, path: string, { status, body }: Answer<unknown>): void {
      const template = templateOf(Object.keys(paths), path.split('?')[0] ?? '');
      const operation = template && paths[template]?.[method.toLowerCase()];
      if (!operation || operation.tags.includes('Operation')) return;
      const documented = operation.responses[status] as Documented | undefined;
      const code = status >= 400 ? codeOf(body) : null;
      const problems = documented?.content?.['application/problem+json']?.examples ?? {};
      if (documented && (code === null || code in problems)) return;
      undocumented.add(`${method} ${template}: ${status}${code === null ? '' : ` ${code}`}`);
    },
  };
}

type Documented = { content?: Record<string, { examples?: Record<string, unknown> }> };

/** The path of the document that a request’s path is meant by: the one with most of its parts as they are. */
function templateOf(templates: readonly string[], path: string): string | undefined {
  const parts = path.split('/');
  const matching = templates.filter((template) => {
    const names = template.split('/');
    return (
      names.length === parts.length && names.every((name, at) => name.startsWith('{') || name === parts[at])
    );
  });
  return matching.sort((left, right) => left.split('{').length - right.split('{').length)[0];
}

function codeOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : null;
}
