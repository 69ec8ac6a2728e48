import Breadcrumbs, { BreadcrumbsItem } from '@atlaskit/breadcrumbs';
import ButtonGroup from '@atlaskit/button/button-group';
import Button, { LinkButton } from '@atlaskit/button/new';
import Link from '@atlaskit/link';
import { Pressable } from '@atlaskit/primitives';
import { type Component, call, type DrawProps, pick, plainEvent } from './drawing.ts';
import { domId, type ForgeElement, flag, text } from './forge-doc.ts';
import { iconOf } from './icons.ts';
import { stylesOf } from './xcss-styles.ts';

const looks = ['appearance', 'spacing', 'isDisabled', 'isSelected', 'shouldFitContainer', 'autoFocus'];

function pressed({ element }: DrawProps) {
  return {
    onClick: (event: unknown) => call(element.props.onClick, plainEvent(event)),
    onFocus: (event: unknown) => call(element.props.onFocus, plainEvent(event)),
    onBlur: (event: unknown) => call(element.props.onBlur, plainEvent(event)),
  };
}

/** A bare `aria-labelledby` of undefined would hide the text, so only what is set is passed on. */
function named(element: ForgeElement) {
  const label = text(element, 'aria-label') ?? text(element, 'label');
  const labelledBy = domId(element, 'aria-labelledby');
  return {
    ...(label ? { 'aria-label': label } : {}),
    ...(labelledBy ? { 'aria-labelledby': labelledBy } : {}),
    id: domId(element, 'id'),
  };
}

const button: Component = (props) => {
  const { element, children } = props;
  return (
    <Button
      {...pick(element, looks)}
      {...named(element)}
      {...pressed(props)}
      type={text(element, 'type') ?? 'button'}
      isLoading={element.type === 'LoadingButton' && flag(element, 'isLoading')}
      iconBefore={iconOf(element.props.iconBefore)}
      iconAfter={iconOf(element.props.iconAfter)}
    >
      {children}
    </Button>
  );
};

const pressable: Component = (props) => (
  <Pressable
    {...named(props.element)}
    {...pressed(props)}
    isDisabled={flag(props.element, 'isDisabled')}
    xcss={stylesOf(props.element.props.xcss)}
  >
    {props.children}
  </Pressable>
);

const group: Component = ({ element, children }) => (
  <ButtonGroup label={text(element, 'label')}>{children}</ButtonGroup>
);

/** Addresses that an app may link to; `javascript:` and its like are not among them. */
function safeHref(value: string | undefined): string | undefined {
  if (value === undefined || !URL.canParse(value, location.href)) return undefined;
  const url = new URL(value, location.href);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? value : undefined;
}

function followed(props: DrawProps) {
  const outside = flag(props.element, 'openNewTab') || text(props.element, 'target') === '_blank';
  return {
    ...named(props.element),
    ...pressed(props),
    href: safeHref(text(props.element, 'href')) ?? '#',
    ...(outside ? { target: '_blank', rel: 'noopener noreferrer' } : {}),
  };
}

const link: Component = (props) => <Link {...followed(props)}>{props.children}</Link>;

const linkButton: Component = (props) => (
  <LinkButton {...pick(props.element, looks)} {...followed(props)}>
    {props.children}
  </LinkButton>
);

const crumbs: Component = ({ element, children }) => (
  <Breadcrumbs label={text(element, 'label') ?? 'Breadcrumbs'}>{children}</Breadcrumbs>
);

const crumb: Component = ({ element }) => (
  <BreadcrumbsItem href={safeHref(text(element, 'href'))} text={text(element, 'text') ?? ''} />
);

/** Components that a person presses or follows. */
export const buttonComponents: Record<string, Component> = {
  Button: button,
  LoadingButton: button,
  ButtonGroup: group,
  Pressable: pressable,
  Link: link,
  LinkButton: linkButton,
  Breadcrumbs: crumbs,
  BreadcrumbsItem: crumb,
};
