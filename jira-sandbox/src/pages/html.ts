/** Markup that was escaped already. */
export type Html = { readonly html: string };

type Piece = Html | string | number | null | undefined | false | Piece[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values are escaped, unless they are Html themselves. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Html {
  return { html: parts.reduce((done, part, index) => done + render(values[index - 1]) + part) };
}

function render(value: Piece): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  if (typeof value === 'object') return value.html;
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
