import { part } from './forge-doc.ts';

const smallUnitPx = 8;
const unitSteps = 100;

/** `space.200` → `16px`; negative ones too. */
export function space(token: unknown): string | undefined {
  const [, negative = '', step] = /^space\.(negative\.)?(\d+)$/.exec(String(token)) ?? [];
  if (step === undefined) return undefined;
  const pixels = (Number(step) / unitSteps) * smallUnitPx;
  return `${negative ? -pixels : pixels}px`;
}

/** Atlassian's colour tokens by their meaning, on the page's own colours. */
export function color(token: unknown): string | undefined {
  const name = String(token);
  if (!/^(?:color|elevation)\./.test(name)) return undefined;
  const kind =
    name.includes('.text') || name.includes('.link')
      ? 'text'
      : name.includes('border')
        ? 'border'
        : 'background';
  const meaning =
    /danger|success|warning|information|discovery|brand|selected|disabled|subtlest|subtle|inverse/.exec(
      name,
    )?.[0];
  return `var(--forge-${kind}-${meaning ?? 'default'}, var(--forge-${kind}-default))`;
}

const spacing: Record<string, string[]> = {
  padding: ['padding'],
  paddingBlock: ['padding-block'],
  paddingBlockStart: ['padding-block-start'],
  paddingBlockEnd: ['padding-block-end'],
  paddingInline: ['padding-inline'],
  paddingInlineStart: ['padding-inline-start'],
  paddingInlineEnd: ['padding-inline-end'],
  margin: ['margin'],
  marginBlock: ['margin-block'],
  marginBlockStart: ['margin-block-start'],
  marginBlockEnd: ['margin-block-end'],
  marginInline: ['margin-inline'],
  marginInlineStart: ['margin-inline-start'],
  marginInlineEnd: ['margin-inline-end'],
  marginTop: ['margin-top'],
  marginBottom: ['margin-bottom'],
  gap: ['gap'],
  rowGap: ['row-gap'],
  columnGap: ['column-gap'],
};
const plain = new Set(
  `width height minWidth maxWidth minHeight maxHeight display flexDirection flexGrow flexShrink flexBasis flexWrap
  alignItems justifyContent textAlign overflow overflowX overflowY position opacity gridTemplateColumns
  borderStyle borderWidth borderRadius`.split(/\s+/),
);
const radii: Record<string, string> = {
  'border.radius': '3px',
  'border.radius.100': '4px',
  'border.radius.200': '8px',
  'border.radius.300': '12px',
  'border.radius.circle': '50%',
};

/** The styles of an `xcss` object, as far as settings pages use them; what is unknown is left out. */
export function xcssStyles(xcss: unknown): Record<string, string | undefined> {
  const styles: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(typeof xcss === 'object' && xcss !== null ? xcss : {})) {
    for (const property of spacing[name] ?? []) styles[property] = space(value) ?? size(value);
    if (name === 'backgroundColor') styles['background-color'] = color(value);
    else if (name === 'color') styles.color = color(value);
    else if (name === 'borderColor') styles['border-color'] = color(value);
    else if (plain.has(name))
      styles[dashed(name)] = radii[String(value)] ?? borderWidth(value) ?? size(value);
  }
  return styles;
}

function borderWidth(value: unknown): string | undefined {
  return /^border\.width/.test(String(value))
    ? String(value) === 'border.width'
      ? '1px'
      : '2px'
    : undefined;
}

function size(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^[\w\s%.,()+*/-]+$/.test(value) ? (space(value) ?? value) : undefined;
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The padding props of Box. */
export function paddingStyles(props: Record<string, unknown>): Record<string, string | undefined> {
  return xcssStyles(
    Object.fromEntries(
      Object.keys(spacing)
        .map((name) => [name, part(props, name)])
        .filter(([, value]) => value !== undefined),
    ),
  );
}
