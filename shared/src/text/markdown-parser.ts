import MarkdownIt from 'markdown-it';
import { addressAt } from './bare-links.ts';
import { deepest } from './document.ts';
import { safeTarget } from './safe-target.ts';

type Rule = Parameters<MarkdownIt['block']['ruler']['push']>[1];
type BlockState = Parameters<Rule>[0];
type InlineRule = Parameters<MarkdownIt['inline']['ruler']['push']>[1];

/** Brackets in brackets. */
const deepestInline = 32;
/** Images in images; deeper ones are text. */
const deepestImage = 2;

/**
 * markdown-it as UserHero reads Markdown: HTML is text but `<br>`, single line breaks count, and nothing that was written
 * vanishes. The work grows with the text's length only.
 */
export function createParser(): MarkdownIt {
  // Its own linkify takes 46 s for a certain 96 kB; `pushLinked` finds bare addresses instead.
  const parser = new MarkdownIt({ html: false, linkify: false, breaks: true });
  Object.assign(parser.options, { maxNesting: deepestInline });
  parser.validateLink = (href) => safeTarget(href) !== null;
  // A definition would be taken out of the text: `[INFO]: https://…` is a log line as often as not.
  parser.disable('reference');
  parser.inline.ruler.before('autolink', 'line_break', lineBreak);
  parser.inline.ruler.after('text', 'address', webAddress);
  keepDeepBlocks(parser);
  keepDeepImages(parser);
  keepExtraCells(parser);
  return parser;
}

/** `<br>` in any of its spellings. */
const lineBreak: InlineRule = (state, silent) => {
  if (state.src.charCodeAt(state.pos) !== 0x3c) return false;
  const tag = /^<br\s{0,9}\/?>/i.exec(state.src.slice(state.pos, state.pos + 20));
  if (!tag) return false;
  if (!silent) state.push('hardbreak', 'br', 0);
  state.pos += tag[0].length;
  return true;
};

/** A bare web address as a whole, so that `_` and `*` in it are no marks. It is noticed at its colon. */
const webAddress: InlineRule = (state, silent) => {
  const isInLink = 'linkLevel' in state && Number(state.linkLevel) > 0;
  if (isInLink || !state.src.startsWith('://', state.pos)) return false;
  const scheme = /(?<![\p{L}\p{N}_])https?$/iu.exec(state.pending.slice(-6))?.[0];
  if (!scheme) return false;
  const found = addressAt(state.src, state.pos - scheme.length);
  if (!found) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    state.push('link_open', 'a', 1).attrs = [['href', state.md.normalizeLink(found)]];
    state.push('text', '', 0).content = found;
    state.push('link_close', 'a', -1);
  }
  state.pos += found.length - scheme.length;
  return true;
};

/** markdown-it leaves out what is nested too deeply; here it stays, as a paragraph with its marks visible. */
function keepDeepBlocks(parser: MarkdownIt): void {
  const tokenize = parser.block.tokenize.bind(parser.block);
  parser.block.tokenize = (state, startLine, endLine) => {
    if (state.level < deepest) return tokenize(state, startLine, endLine);
    const content = state.getLines(startLine, endLine, state.blkIndent, false).trim();
    state.line = endLine;
    if (content === '') return;
    state.push('paragraph_open', 'p', 1);
    const inline = state.push('inline', '', 0);
    inline.content = content;
    inline.children = [];
    state.push('paragraph_close', 'p', -1);
  };
}

/** An image's text is parsed within the image's rule, so images in images would be parsed without bound. */
function keepDeepImages(parser: MarkdownIt): void {
  const parse = parser.inline.parse.bind(parser.inline);
  let depth = 0;
  parser.inline.parse = (source, md, env, tokens) => {
    if (depth > deepestImage) {
      const text = new parser.core.State(source, md, env).Token;
      const token = new text('text', '', 0);
      token.content = source;
      tokens.push(token);
      return;
    }
    depth += 1;
    try {
      parse(source, md, env, tokens);
    } finally {
      depth -= 1;
    }
  };
}

/** markdown-it leaves out cells beyond the head's; here they stay, in the row's last cell. */
function keepExtraCells(parser: MarkdownIt): void {
  const [table] = parser.block.ruler.getRules('');
  if (!table) throw new Error('markdown-it has no block rules');
  const keeping: Rule = (state, startLine, endLine, silent) => {
    const from = state.tokens.length;
    if (!table(state, startLine, endLine, silent)) return false;
    if (!silent) appendExtraCells(state, from);
    return true;
  };
  parser.block.ruler.at('table', keeping, { alt: ['paragraph', 'reference'] });
}

function appendExtraCells(state: BlockState, from: number): void {
  let columns = 0;
  let row: { cells: string[]; seen: number } | null = null;
  for (let at = from; at < state.tokens.length; at += 1) {
    const token = state.tokens[at];
    if (token?.type === 'th_open') columns += 1;
    if (token?.type === 'tr_open' && token.map && columns > 0)
      row = { cells: cellsOf(state, token.map[0]), seen: 0 };
    if (token?.type !== 'inline' || !row) continue;
    row.seen += 1;
    if (row.seen === columns && row.cells.length > columns) {
      token.content = [token.content, ...row.cells.slice(columns).map((cell) => cell.trim())].join(' | ');
    }
  }
}

/** A row's cells as markdown-it's own rule splits them. */
function cellsOf(state: BlockState, line: number): string[] {
  const cells = state
    .getLines(line, line + 1, state.blkIndent, false)
    .trim()
    .split(/(?<!\\)\|/);
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells.map((cell) => cell.replaceAll('\\|', '|'));
}
