import type { GivenValue, RequiredField } from '../contracts/required-field.ts';
import type { AdfNode } from '../text/adf.ts';
import { cleanText, isVisible } from '../text/clean-text.ts';
import { readPlainText, toPlainText } from '../text/plain-text.ts';
import { readAdf } from '../text/read-adf.ts';
import { writeAdf } from '../text/write-adf.ts';
import { isAccountId } from './account-id.ts';

/** A value in the form that Jira's REST API takes, or why what was given is none. */
export type FieldValue = { ok: true; value: unknown } | { ok: false; message: string };

/** Jira's limit for a text of one line, a URL and a label. */
const longestLine = 255;
/** Jira's limit for a rich text. */
const longestText = 32_767;

/**
 * Reads what a person gave for a required field. Pure.
 *
 * The forms are those of Atlassian's document, `POST /rest/api/3/issue`: a paragraph is an ADF document, a choice goes
 * by its id, a person by the account id, a date with time has milliseconds and an offset without a colon.
 */
export function toJiraValue(field: RequiredField, given: GivenValue | undefined): FieldValue {
  if (field.kind === 'unsupported') return refused(whyUnsupported(field));
  if (given === undefined || given === '' || (Array.isArray(given) && given.length === 0))
    return refused(askFor(field));
  return readers[field.kind](field, given);
}

/** The given form of a stored value, so that a form can show it; `undefined` where the field has another kind by now. */
export function fromJiraValue(field: RequiredField, value: unknown): GivenValue | undefined {
  switch (field.kind) {
    case 'paragraph':
      return property(value, 'type') === 'doc' ? textOf(value as AdfNode) : undefined;
    case 'option':
      return idOf(value);
    case 'person':
      return property(value, 'accountId');
    case 'options':
      return listOf(value, idOf);
    case 'people':
      return listOf(value, (one) => property(one, 'accountId'));
    case 'labels':
      return listOf(value, (one) => (typeof one === 'string' ? one : undefined));
    case 'cascading': {
      const [first, second] = [idOf(value), idOf(Reflect.get(Object(value), 'child'))];
      return first === undefined ? undefined : [first, ...(second === undefined ? [] : [second])];
    }
    case 'unsupported':
      return undefined;
    default:
      return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }
}

/** What a person can do about a field that UserHero cannot fill. */
export function whyUnsupported({ name, allowedValues }: RequiredField): string {
  return `UserHero cannot fill “${name}”${allowedValues.length === 0 ? '' : ' here'}. Give it a default value in Jira, make it optional, or choose another issue type.`;
}

type Read = (field: RequiredField, given: GivenValue) => FieldValue;

const readers: Record<Exclude<RequiredField['kind'], 'unsupported'>, Read> = {
  text: (field, given) => {
    const text = cleanText(oneText(given) ?? '').trim();
    if (!isVisible(text)) return refused(askFor(field));
    if (/[\r\n]/.test(text)) return refused(`“${field.name}” takes one line.`);
    return text.length > longestLine ? tooLong(field, longestLine) : taken(text);
  },
  paragraph: (field, given) => {
    const text = oneText(given) ?? '';
    if (!isVisible(text)) return refused(askFor(field));
    return text.length > longestText
      ? tooLong(field, longestText)
      : taken(writeAdf(readPlainText(text)).document);
  },
  number: (field, given) => {
    const number = typeof given === 'number' ? given : readNumber(oneText(given) ?? '');
    return Number.isFinite(number)
      ? taken(number)
      : refused(`Give “${field.name}” a number, such as 3 or 2.5.`);
  },
  url: (field, given) => {
    const text = oneText(given)?.trim() ?? '';
    if (!isWebAddress(text)) return refused(`Give “${field.name}” a web address that begins with https://.`);
    return text.length > longestLine ? tooLong(field, longestLine) : taken(text);
  },
  date: (field, given) => {
    const text = oneText(given)?.trim() ?? '';
    return isDay(text) ? taken(text) : refused(`Give “${field.name}” a date, such as 2026-12-31.`);
  },
  datetime: (field, given) => {
    const moment = readMoment(oneText(given)?.trim() ?? '');
    return moment === null
      ? refused(`Give “${field.name}” a date and a time with its offset, such as 2026-12-31T17:00:00+01:00.`)
      : taken(moment);
  },
  option: (field, given) => {
    const id = oneText(given);
    return field.allowedValues.some((value) => value.id === id) ? taken({ id }) : refused(askFor(field));
  },
  options: (field, given) => {
    const ids = listGiven(given);
    const isAllowed = (id: string) => field.allowedValues.some((value) => value.id === id);
    return ids.every(isAllowed) ? taken([...new Set(ids)].map((id) => ({ id }))) : refused(askFor(field));
  },
  cascading: (field, given) => {
    const [first, second, ...more] = listGiven(given);
    const parent = field.allowedValues.find((value) => value.id === first);
    if (!parent || more.length > 0) return refused(askFor(field));
    if (second === undefined || second === '') return taken({ id: parent.id });
    const child = parent.children?.find((value) => value.id === second);
    return child
      ? taken({ id: parent.id, child: { id: child.id } })
      : refused(`Choose one of the values below “${parent.name}” for “${field.name}”.`);
  },
  labels: (field, given) => {
    const labels = listGiven(given).map((label) => label.trim());
    const isLabel = (label: string) => label !== '' && !/\s/.test(label) && label.length <= longestLine;
    return labels.every(isLabel)
      ? taken([...new Set(labels)])
      : refused(`Labels of “${field.name}” have no spaces and at most ${longestLine} characters.`);
  },
  person: (field, given) => {
    const id = oneText(given) ?? '';
    return isAccountId(id) ? taken({ accountId: id }) : refused(askFor(field));
  },
  people: (field, given) => {
    const ids = listGiven(given);
    return ids.every(isAccountId)
      ? taken([...new Set(ids)].map((accountId) => ({ accountId })))
      : refused(askFor(field));
  },
};

const choiceKinds: readonly string[] = ['option', 'options', 'cascading'];
const mostNamed = 10;

/** Asks for the value of a field that has none, or none that Jira takes. */
function askFor({ name, kind, allowedValues }: RequiredField): string {
  if (kind === 'person' || kind === 'people') return `Choose a person in Jira for “${name}”.`;
  if (!choiceKinds.includes(kind)) return `Give “${name}” a value.`;
  const names = allowedValues.slice(0, mostNamed).map((value) => value.name);
  const more = allowedValues.length > mostNamed ? ', …' : '';
  return `Choose a value for “${name}”: ${names.join(', ')}${more}.`;
}

function taken(value: unknown): FieldValue {
  return { ok: true, value };
}

function refused(message: string): FieldValue {
  return { ok: false, message };
}

function tooLong({ name }: RequiredField, longest: number): FieldValue {
  return refused(`“${name}” takes at most ${longest.toLocaleString('en')} characters.`);
}

function oneText(given: GivenValue): string | null {
  if (Array.isArray(given)) return given.length === 1 ? (given[0] ?? null) : null;
  return String(given);
}

function listGiven(given: GivenValue): string[] {
  return Array.isArray(given) ? given : [String(given)];
}

function readNumber(text: string): number {
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}

function isWebAddress(text: string): boolean {
  return !/\s/.test(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // Date rolls 31 June over to 1 July.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function readMoment(text: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!parts || !isDay(parts[1] ?? '')) return null;
  const moment = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString().replace('Z', '+0000');
}

function property(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Its paragraphs with an empty line between them, as they were typed. */
function textOf(document: AdfNode): string {
  return readAdf(document)
    .document.map((block) => toPlainText([block]))
    .join('\n\n');
}

const idOf = (value: unknown): string | undefined => property(value, 'id');

function listOf(value: unknown, read: (one: unknown) => string | undefined): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map(read).filter((one) => one !== undefined);
}
