import Badge from '@atlaskit/badge';
import Heading from '@atlaskit/heading';
import Lozenge from '@atlaskit/lozenge';
import { Bleed, Box, Inline, Stack, Text } from '@atlaskit/primitives';
import { SimpleTag } from '@atlaskit/tag';
import TagGroup from '@atlaskit/tag-group';
import { type Component, pick } from './drawing.ts';
import { amount, domId, innerText, text } from './forge-doc.ts';
import { iconOf } from './icons.ts';
import { stylesOf } from './xcss-styles.ts';

const passThrough: Component = ({ children }) => children;

const boxProps = [
  'backgroundColor',
  'padding',
  'paddingBlock',
  'paddingBlockStart',
  'paddingBlockEnd',
  'paddingInline',
  'paddingInlineStart',
  'paddingInlineEnd',
  'role',
];
const flexProps = [
  'alignBlock',
  'alignInline',
  'grow',
  'rowSpace',
  'separator',
  'shouldWrap',
  'space',
  'spread',
];

const box: Component = ({ element, children }) => (
  <Box {...pick(element, boxProps)} id={domId(element, 'id')} xcss={stylesOf(element.props.xcss)}>
    {children}
  </Box>
);

const arranged =
  (Part: AtlaskitPart, names: readonly string[]): Component =>
  ({ element, children }) => (
    <Part {...pick(element, names)} xcss={stylesOf(element.props.xcss)}>
      {children}
    </Part>
  );

const paragraph: Component = ({ element, children }) => (
  <Text {...pick(element, ['size', 'weight', 'color', 'align', 'maxLines'])} as={text(element, 'as') ?? 'p'}>
    {children}
  </Text>
);

/** Heading sizes of Atlaskit and the level that each has by default. */
const levels: Record<string, string> = {
  xxlarge: 'h1',
  xlarge: 'h1',
  large: 'h2',
  medium: 'h3',
  small: 'h4',
  xsmall: 'h5',
  xxsmall: 'h6',
};

const heading: Component = ({ element, children }) => {
  const as = text(element, 'as') ?? levels[text(element, 'size') ?? text(element, 'level') ?? ''] ?? 'h2';
  const size = text(element, 'size') ?? Object.entries(levels).find(([, tag]) => tag === as)?.[0] ?? 'large';
  return (
    <Heading as={as} size={size} id={domId(element, 'id')} {...pick(element, ['color'])}>
      {children}
    </Heading>
  );
};

// Atlaskit's Code and CodeBlock bring a highlighter for every language; the element has the same look without.
const code: Component = ({ children }) => <code className="forge-code">{children}</code>;

const codeBlock: Component = ({ element }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached from the keyboard
  <pre className="forge-code" tabIndex={0}>
    <code>{text(element, 'text') ?? innerText(element)}</code>
  </pre>
);

const lozenge: Component = ({ element, children }) => (
  <Lozenge {...pick(element, ['appearance', 'isBold', 'maxWidth'])}>{children}</Lozenge>
);

const badge: Component = ({ element }) => {
  const content = innerText(element);
  return (
    <Badge {...pick(element, ['appearance', 'max'])}>
      {/^\d+$/.test(content) ? Number(content) : content}
    </Badge>
  );
};

const tag: Component = ({ element }) => (
  <SimpleTag {...pick(element, ['appearance', 'color'])} text={text(element, 'text') ?? innerText(element)} />
);

const tagGroup: Component = ({ element, children }) => (
  <TagGroup {...pick(element, ['alignment'])} label={text(element, 'label') ?? 'Tags'}>
    {children}
  </TagGroup>
);

const bullets: Component = ({ element, children }) => {
  const List = text(element, 'type') === 'ordered' ? 'ol' : 'ul';
  return <List className="forge-list">{children}</List>;
};

const bullet: Component = ({ children }) => <li>{children}</li>;

const icon: Component = ({ element }) => {
  const Glyph = iconOf(element.props.glyph);
  const label = text(element, 'label') ?? '';
  return Glyph ? <Glyph {...pick(element, ['color', 'size', 'spacing'])} label={label} /> : `[${label}]`;
};

const image: Component = ({ element }) => (
  <img
    className="forge-image"
    src={text(element, 'src')}
    alt={text(element, 'alt') ?? ''}
    style={{ width: amount(element, 'width'), height: amount(element, 'height') }}
  />
);

const emphasis =
  (Tag: 'strong' | 'em' | 's'): Component =>
  ({ children }) => <Tag>{children}</Tag>;

/** Components that arrange and show, and that nobody operates. */
export const layoutComponents: Record<string, Component> = {
  Root: passThrough,
  ContentWrapper: passThrough,
  Box: box,
  Stack: arranged(Stack, flexProps),
  Inline: arranged(Inline, flexProps),
  Bleed: arranged(Bleed, ['all', 'inline', 'block']),
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
