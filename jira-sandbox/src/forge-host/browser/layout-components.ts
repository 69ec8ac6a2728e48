import { type Component, domId, type ForgeElement, flag, innerText, text } from './forge-doc.ts';
import { color, paddingStyles, space, xcssStyles } from './tokens.ts';
import { h } from './vdom.ts';

const alignments: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  stretch: 'stretch',
  baseline: 'baseline',
};

function align(element: ForgeElement, name: string): string | undefined {
  return alignments[text(element, name) ?? ''];
}

const passThrough: Component = (element, { children }) => children(element);

const box: Component = (element, { children }) =>
  h(
    'div',
    {
      class: 'forge-box',
      attrs: { role: text(element, 'role'), id: domId(element, 'id') },
      styles: {
        ...paddingStyles(element.props),
        'background-color': color(element.props.backgroundColor),
        ...xcssStyles(element.props.xcss),
      },
    },
    children(element),
  );

const stack: Component = (element, { children }) =>
  h(
    'div',
    {
      class: 'forge-stack',
      styles: {
        gap: space(element.props.space),
        'align-items': align(element, 'alignInline'),
        'justify-content':
          text(element, 'spread') === 'space-between' ? 'space-between' : align(element, 'alignBlock'),
        'flex-grow': text(element, 'grow') === 'fill' ? '1' : undefined,
        ...xcssStyles(element.props.xcss),
      },
    },
    children(element),
  );

const inline: Component = (element, { children }) =>
  h(
    'div',
    {
      class: 'forge-inline',
      styles: {
        gap: space(element.props.space),
        'row-gap': space(element.props.rowSpace),
        'align-items': align(element, 'alignBlock'),
        'justify-content':
          text(element, 'spread') === 'space-between' ? 'space-between' : align(element, 'alignInline'),
        'flex-grow': text(element, 'grow') === 'fill' ? '1' : undefined,
        'flex-wrap': flag(element, 'shouldWrap') ? 'wrap' : undefined,
        ...xcssStyles(element.props.xcss),
      },
    },
    children(element),
  );

const bleed: Component = (element, { children }) => h('div', { class: 'forge-bleed' }, children(element));

const paragraph: Component = (element, { children }) => {
  const as = text(element, 'as') ?? 'p';
  return h(
    ['p', 'span', 'strong', 'em'].includes(as) ? as : 'p',
    {
      class: `forge-text size-${text(element, 'size') ?? 'medium'} weight-${text(element, 'weight') ?? 'regular'}`,
      styles: { color: color(element.props.color), 'text-align': text(element, 'align') },
    },
    children(element),
  );
};

/** Heading sizes of Jira's design and the level that each has by default. */
const levels: Record<string, string> = {
  xxlarge: 'h1',
  xlarge: 'h1',
  large: 'h2',
  medium: 'h3',
  small: 'h4',
  xsmall: 'h5',
  xxsmall: 'h6',
};

const heading: Component = (element, { children }) => {
  const as = text(element, 'as') ?? levels[text(element, 'size') ?? text(element, 'level') ?? ''] ?? 'h2';
  const size = text(element, 'size') ?? Object.entries(levels).find(([, tag]) => tag === as)?.[0] ?? 'large';
  return h(
    /^h[1-6]$/.test(as) ? as : 'span',
    { class: `forge-heading size-${size}`, attrs: { id: domId(element, 'id') } },
    children(element),
  );
};

const code: Component = (element, { children }) => h('code', {}, children(element));

const codeBlock: Component = (element) =>
  h('pre', { attrs: { tabindex: '0' } }, h('code', {}, text(element, 'text') ?? innerText(element)));

const lozenge: Component = (element, { children }) =>
  h(
    'span',
    {
      class: `lozenge forge-lozenge ${text(element, 'appearance') ?? 'default'}${flag(element, 'isBold') ? ' bold' : ''}`,
    },
    children(element),
  );

const badge: Component = (element, { children }) =>
  h('span', { class: `forge-badge ${text(element, 'appearance') ?? 'default'}` }, children(element));

const tag: Component = (element) =>
  h('span', { class: 'forge-tag' }, text(element, 'text') ?? innerText(element));

const tagGroup: Component = (element, { children }) =>
  h('div', { class: 'forge-inline wrap' }, children(element));

const bullets: Component = (element, { children }) =>
  h(text(element, 'type') === 'ordered' ? 'ol' : 'ul', { class: 'forge-list' }, children(element));

const bullet: Component = (element, { children }) => h('li', {}, children(element));

const icons: Record<string, string> = {
  check: '✓',
  'check-circle': '✓',
  success: '✓',
  cross: '✕',
  error: '!',
  warning: '⚠',
  info: 'ℹ',
  information: 'ℹ',
  add: '+',
  'arrow-right': '→',
  'arrow-left': '←',
  link: '🔗',
  'link-external': '↗',
  shortcut: '↗',
  refresh: '⟳',
  settings: '⚙',
  edit: '✎',
  trash: '🗑',
  search: '⌕',
  lock: '🔒',
  clock: '◷',
  'chevron-down': '⌄',
  'chevron-right': '›',
};

const icon: Component = (element) => {
  const label = text(element, 'label');
  const sign = icons[text(element, 'glyph') ?? ''] ?? '◆';
  return h(
    'span',
    { class: 'forge-icon', attrs: label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' } },
    sign,
  );
};

const image: Component = (element) =>
  h('img', {
    class: 'forge-image',
    attrs: {
      src: text(element, 'src'),
      alt: text(element, 'alt') ?? '',
      width: text(element, 'width'),
      height: text(element, 'height'),
    },
  });

const emphasis =
  (tagName: string): Component =>
  (element, { children }) =>
    h(tagName, {}, children(element));

/** Components that arrange and show, and that nobody operates. */
export const layoutComponents: Record<string, Component> = {
  Root: passThrough,
  ContentWrapper: passThrough,
  ModalTransition: passThrough,
  Box: box,
  Stack: stack,
  Inline: inline,
  Bleed: bleed,
  Text: paragraph,
  Heading: heading,
  Code: code,
  CodeBlock: codeBlock,
  Lozenge: lozenge,
  Badge: badge,
  Tag: tag,
  TagGroup: tagGroup,
  List: bullets,
  ListItem: bullet,
  Icon: icon,
  Image: image,
  Strong: emphasis('strong'),
  Em: emphasis('em'),
  Strike: emphasis('s'),
};
