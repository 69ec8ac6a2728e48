const pattern = /\{\{\s*([^{}]+?)\s*\}\}/g;
/** Jira's dates as smart values write them, with the fraction's first digit alone: `2020-08-18T02:40:37.0+0000`. */
const isoDate = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})\.(\d)\d{2}\+0000$/;

/**
 * Fills in a text as Automation does: `{{issue.status.name}}`. A field stands at `issue` or at `issue.fields`;
 * what is unknown or empty becomes nothing; quoting is the author's business (`.asJsonString` does it).
 *
 * Sources: support.atlassian.com, "Jira smart values - issues", "… - date and time", "… - JSON functions".
 */
export function fillSmartValues(template: string, values: Record<string, unknown>): string {
  return template.replace(pattern, (_whole, path: string) => {
    const names = path.split('.');
    const last = names.at(-1) ?? '';
    const written = writers[last]?.(read(values, names.slice(0, -1)));
    return written ?? asText(read(values, names));
  });
}

const writers: Record<string, (value: unknown) => string> = {
  asJsonString: (value) => JSON.stringify(asText(value)),
  asJsonObject: (value) => (value === undefined ? '' : JSON.stringify(value)),
  toMillis: (value) => (isoDate.test(String(value)) ? String(Date.parse(withColon(String(value)))) : ''),
  jiraDate: (value) => isoDate.exec(String(value))?.[1] ?? '',
  jiraDateTime: (value) => asText(value),
};

function withColon(date: string): string {
  return date.replace('+0000', 'Z');
}

function read(values: Record<string, unknown>, names: string[]): unknown {
  let here: unknown = values;
  for (const name of names) {
    if (typeof here !== 'object' || here === null) return undefined;
    const fields: unknown = Reflect.get(here, 'fields');
    const found: unknown = Object.hasOwn(here, name) ? Reflect.get(here, name) : undefined;
    here = found ?? (typeof fields === 'object' && fields !== null ? Reflect.get(fields, name) : undefined);
  }
  return here;
}

/** A list is written with commas; of an object, what Jira calls it by. */
function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(asText).join(', ');
  if (typeof value !== 'object') return String(value).replace(isoDate, '$1T$2.$3+0000');
  const { id, key, name } = value as Record<string, unknown>;
  return asText(id ?? key ?? name);
}
