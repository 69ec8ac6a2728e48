import { type Inline, type Link, type Marks, sameLink } from './document.ts';

/** Where a line stands: in a paragraph, where more lines may follow; in a heading; in a table's cell. */
export type LinePlace = 'paragraph' | 'heading' | 'cell';

type Mark = 'strong' | 'em' | 'strike';
/** `raw`: code and the parts of a link, as they are. */
type Piece = { kind: 'words' | 'raw' | 'open' | 'close'; text: string };

const delimiters: Record<Mark, string> = { strike: '~~', strong: '**', em: '_' };

/** Writes text and its marks as Markdown. Where no line may follow, a line break is `<br>`. */
export function writeInline(content: readonly Inline[], place: LinePlace): string {
  const lines: Inline[][] = [[]];
  for (const one of content) {
    if (one.kind === 'break') lines.push([]);
    else lines.at(-1)?.push(one);
  }
  const [first = '', ...rest] = lines.map((line) => writeLine(line, place));
  let written = first;
  let former = first;
  for (const line of rest) {
    // An empty line would end the paragraph, so there the break is spelled out.
    written += place === 'paragraph' && former !== '' && line !== '' ? `\n${line}` : `<br>${line}`;
    former = line;
  }
  return written;
}

function writeLine(runs: readonly Inline[], place: LinePlace): string {
  const pieces = trimEnds(toPieces(runs));
  const line = pieces
    .map((piece, at) => (piece.kind === 'words' ? writeWords(pieces, at) : piece.text))
    .join('');
  if (place === 'cell') return line.replaceAll('|', '\\|');
  return place === 'heading' ? line.replace(/#$/, '\\#') : escapeLineStart(line);
}

/** Opens and closes marks so that they nest, a link outermost. */
function toPieces(runs: readonly Inline[]): Piece[] {
  const pieces: Piece[] = [];
  const open: Mark[] = [];
  let link: Link | undefined;
  const closeDownTo = (count: number): void => {
    for (const mark of open.splice(count).reverse()) pieces.push({ kind: 'close', text: delimiters[mark] });
  };
  const switchLink = (next: Link | undefined): void => {
    if (sameLink(link, next)) return;
    closeDownTo(0);
    if (link) pieces.push({ kind: 'raw', text: `](${writeTarget(link)})` });
    if (next) pieces.push({ kind: 'raw', text: '[' });
    link = next;
  };
  for (const run of runs) {
    if (run.kind !== 'text' || run.text === '') continue;
    if (isBareLink(run)) {
      switchLink(undefined);
      closeDownTo(0);
      pieces.push({ kind: 'raw', text: `<${run.text}>` });
      continue;
    }
    switchLink(run.marks.link);
    const wanted = marksOf(run.marks);
    const unwanted = open.findIndex((mark) => !wanted.includes(mark));
    if (unwanted !== -1) closeDownTo(unwanted);
    for (const mark of wanted.filter((one) => !open.includes(one))) {
      open.push(mark);
      pieces.push({ kind: 'open', text: delimiters[mark] });
    }
    pieces.push(
      run.marks.code ? { kind: 'raw', text: codeSpan(run.text) } : { kind: 'words', text: run.text },
    );
  }
  closeDownTo(0);
  switchLink(undefined);
  return pieces;
}

/** An address without words of its own. */
function isBareLink({ text, marks }: Inline & { kind: 'text' }): boolean {
  const { link, ...look } = marks;
  const isBare = link?.href === text && !link.title && Object.keys(look).length === 0;
  return isBare && /^https?:\/\/[\w.\-/?=#:@+,;~]+$/.test(text);
}

function marksOf(marks: Marks): Mark[] {
  return (['strike', 'strong', 'em'] as const).filter((mark) => marks[mark]);
}

function writeTarget({ href, title }: Link): string {
  const isPlain = !/[()<>\\]/.test(href);
  const whole = isPlain ? href : `<${href.replace(/[<>\\]/g, encodeURIComponent)}>`;
  const target = escapeEntities(whole);
  return title ? `${target} "${escapeText(title.replace(/\s+/g, ' ')).replaceAll('"', '\\"')}"` : target;
}

function codeSpan(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  let length = 1;
  while (runs.includes(length)) length += 1;
  const fence = '`'.repeat(length);
  const isPadded = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '');
  const pad = isPadded ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** White space at a line's ends means nothing. */
function trimEnds(pieces: readonly Piece[]): Piece[] {
  const last = pieces.length - 1;
  return pieces.map((piece, at) => {
    if (piece.kind !== 'words') return piece;
    let { text } = piece;
    if (at === 0) text = text.trimStart();
    if (at === last) text = text.trimEnd();
    return { ...piece, text };
  });
}

/**
 * A delimiter counts only between the right neighbours (CommonMark's flanking rules); a character that would be the
 * wrong one is written as an entity, which counts as punctuation.
 */
function writeWords(pieces: readonly Piece[], at: number): string {
  const characters = [...(pieces[at]?.text ?? '')];
  const [first] = characters;
  const last = characters.at(-1);
  if (first === undefined || last === undefined) return '';
  const before = pieces[at - 1];
  const after = pieces[at + 1];
  const encodeFirst =
    (before?.kind === 'open' && isSpace(first)) ||
    (before?.kind === 'close' && isWord(first) && (before.text === '_' || !isWord(endOf(pieces[at - 2]))));
  const encodeLast =
    (after?.kind === 'close' && isSpace(last)) ||
    (after?.kind === 'open' && isWord(last) && (after.text === '_' || !isWord(startOf(pieces[at + 2]))));
  const head = encodeFirst ? entity(first) : '';
  const tail = encodeLast && !(encodeFirst && characters.length === 1) ? entity(last) : '';
  const middle = characters.slice(head ? 1 : 0, tail ? -1 : undefined).join('');
  const isImage = tail === '' && last === '!' && after?.text === '[';
  return head + (isImage ? `${escapeText(middle.slice(0, -1))}\\!` : escapeText(middle)) + tail;
}

function endOf(piece: Piece | undefined): string {
  return piece?.kind === 'words' ? ([...piece.text].at(-1) ?? '') : '';
}

function startOf(piece: Piece | undefined): string {
  return piece?.kind === 'words' ? ([...piece.text][0] ?? '') : '';
}

function isSpace(character: string): boolean {
  return /\s/u.test(character);
}

/** Neither white space nor punctuation, as delimiters see it. */
function isWord(character: string): boolean {
  return character !== '' && !/[\s\p{P}\p{S}]/u.test(character);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

function escapeText(text: string): string {
  return escapeEntities(text.replace(/[\\`*_[\]<~]/g, '\\$&'));
}

/** `&amp;` in a text or a target would be read as the character that it names. */
function escapeEntities(text: string): string {
  return text.replace(/&(?=#|[a-z])/gi, '\\&');
}

/** What would begin a heading, a list, a quote, a table or a rule. */
function escapeLineStart(line: string): string {
  return line.replace(/^(?=#{1,6}(\s|$)|[-+=>:|])/, '\\').replace(/^(\d{1,9})(?=[.)](\s|$))/, '$1\\');
}
