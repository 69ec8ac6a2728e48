import type { World } from '../world.ts';
import { adfText, isRichText } from './adf.ts';
import type { CustomField, FieldKind, FieldOption } from './field-kind.ts';
import { judgeAdf } from './judge-adf.ts';

/** What a value that somebody sent comes to: as it is kept, or Jira's words for what is wrong with it. */
export type Judged = { ok: true; kept: unknown } | { ok: false; problem: string };

const longestLine = 255;
const kept = (value: unknown): Judged => ({ ok: true, kept: value });
const wrong = (problem: string): Judged => ({ ok: false, problem });

/** Judges a value of a field as Jira does; null empties the field. */
export function judgeValue(world: World, field: CustomField, value: unknown): Judged {
  return value === null ? kept(null) : judges[field.kind](world, field, value);
}

type Judge = (world: World, field: CustomField, value: unknown) => Judged;

const judges: Record<FieldKind, Judge> = {
  text: (_, _field, value) => {
    if (typeof value !== 'string') return wrong('Operation value must be a string');
    return value.length > longestLine ? wrong(tooLong) : kept(value);
  },
  paragraph: (world, _, value) => {
    if (typeof value !== 'object') {
      return wrong('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
    }
    const judged = judgeAdf(value, world.settings);
    return judged.ok ? kept(judged.document) : wrong(judged.problem);
  },
  url: (_, _field, value) => {
    if (typeof value !== 'string') return wrong('Operation value must be a string');
    if (value.length > longestLine) return wrong(tooLong);
    return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) && URL.canParse(value)
      ? kept(value)
      : wrong('Not a valid URL');
  },
  number: (_, _field, value) =>
    typeof value === 'number' ? kept(value) : wrong('Operation value must be a number'),
  date: (_, _field, value) => {
    if (typeof value !== 'string') return wrong('Operation value must be a string');
    return isDay(value) ? kept(value) : wrong(`Error parsing date string: ${value}`);
  },
  datetime: (_, _field, value) => {
    if (typeof value !== 'string') return wrong('Operation value must be a string');
    const parts = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{4}$/.exec(value);
    const at = new Date(value.replace(/(\d{2})(\d{2})$/, '$1:$2'));
    return parts && isDay(parts[1] ?? '') && !Number.isNaN(at.getTime())
      ? kept(at.toISOString().replace('Z', '+0000'))
      : wrong(`Error parsing time: ${value}`);
  },
  select: (_, field, value) => judgeOption(field, field.options, value),
  multiselect: (_, field, value) => {
    if (!Array.isArray(value)) return wrong('data was not an array');
    return together(value.map((one) => judgeOption(field, field.options, one)));
  },
  cascading: (_, field, value) => {
    const judged = judgeOption(field, field.options, value);
    const child: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'child') : undefined;
    if (!judged.ok || child === undefined || child === null) return judged;
    const parent = judged.kept as FieldOption;
    const children = field.options.find((one) => one.id === parent.id)?.children ?? [];
    const below = judgeOption(field, children, child);
    return below.ok ? kept({ ...parent, child: below.kept }) : below;
  },
  labels: (_, _field, value) => judgeLabels(value),
  user: (world, _, value) => judgeUser(world, value),
  users: (world, _, value) => {
    if (!Array.isArray(value)) return wrong('data was not an array');
    return together(value.map((one) => judgeUser(world, one)));
  },
};

const tooLong = `The entered text is too long. It exceeds the allowed limit of ${longestLine} characters.`;

/** A list of labels, or Jira's words for the first that is none. */
export function judgeLabels(value: unknown): Judged {
  if (!Array.isArray(value)) return wrong('Operation value must be an array of strings');
  const labels = value.map(String);
  const spaced = labels.find((label) => /\s/.test(label));
  if (spaced) return wrong(`The label '${spaced}' contains spaces which is invalid.`);
  return labels.some((label) => label.length > longestLine)
    ? wrong(`The label exceeds the limit of ${longestLine} characters.`)
    : kept(labels);
}

/** Whether a text is a day of the calendar, `2026-12-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function judgeOption(field: CustomField, options: FieldOption[], value: unknown): Judged {
  const { id, value: text } = (typeof value === 'object' && value !== null ? value : {}) as {
    id?: unknown;
    value?: unknown;
  };
  const option = options.find((one) => (id !== undefined ? one.id === String(id) : one.value === text));
  if (option) return kept({ id: option.id, value: option.value });
  if (id !== undefined) return wrong(`Option id '${String(id)}' is not valid`);
  return wrong(
    text !== undefined
      ? `Option value '${String(text)}' is not valid`
      : `Specify a valid 'id' or 'name' for ${field.name}`,
  );
}

function judgeUser(world: World, value: unknown): Judged {
  const { accountId, id } = (typeof value === 'object' && value !== null ? value : {}) as {
    accountId?: unknown;
    id?: unknown;
  };
  const account = world.accounts.find((one) => one.accountId === (accountId ?? id));
  return account && account.active !== false && !account.closed
    ? kept({ accountId: account.accountId })
    : wrong('Specify a valid value for user');
}

/** Components or versions of a project, by their ids or names. */
export function judgeNamed(
  what: 'Component' | 'Version',
  offered: readonly { id: string; name: string }[],
  value: unknown,
): Judged {
  if (!Array.isArray(value)) return wrong('data was not an array');
  return together(
    value.map((one: unknown) => {
      const { id, name } = (typeof one === 'object' && one !== null ? one : {}) as {
        id?: unknown;
        name?: unknown;
      };
      const found = offered.find((each) => (id !== undefined ? each.id === String(id) : each.name === name));
      if (found) return kept({ id: found.id, name: found.name });
      return wrong(
        id !== undefined
          ? `${what} id '${String(id)}' is not valid`
          : `${what} name '${String(name)}' is not valid`,
      );
    }),
  );
}

function together(judged: Judged[]): Judged {
  return judged.find((one) => !one.ok) ?? kept(judged.flatMap((one) => (one.ok ? [one.kept] : [])));
}

/** A kept value as people read it: in the changelog, and on the page. */
export function valueText(world: World, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => valueText(world, one)).join(', ');
  if (isRichText(value)) return adfText(value);
  if (typeof value !== 'object') return String(value);
  if ('accountId' in value) {
    return world.accounts.find((one) => one.accountId === value.accountId)?.displayName ?? null;
  }
  const child = 'child' in value ? valueText(world, value.child) : null;
  const own = 'value' in value ? String(value.value) : 'name' in value ? String(value.name) : null;
  return child === null ? own : `${own} - ${child}`;
}
