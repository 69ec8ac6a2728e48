import { type Component, type Drawing, domId, type ForgeElement, flag, text } from './forge-doc.ts';
import { xcssStyles } from './tokens.ts';
import { type Child, h } from './vdom.ts';

/** What the app's handlers get of an event; `preventDefault` and the like do nothing there. */
export function plainEvent(event: Event, target: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: event.type,
    target,
    currentTarget: target,
    preventDefault: () => {},
    stopPropagation: () => {},
    persist: () => {},
  };
}

function looks(element: ForgeElement): string {
  const appearance = text(element, 'appearance') ?? 'default';
  return `forge-button ${appearance}${text(element, 'spacing') === 'compact' ? ' compact' : ''}${flag(element, 'isSelected') ? ' selected' : ''}${flag(element, 'shouldFitContainer') ? ' wide' : ''}`;
}

function content(element: ForgeElement, { children }: Drawing, busy: boolean): Child[] {
  const spinner = busy ? [h('span', { class: 'forge-spinner small', attrs: { 'aria-hidden': 'true' } })] : [];
  return [...spinner, ...children(element)];
}

const button: Component = (element, drawing) => {
  const busy = element.type === 'LoadingButton' && flag(element, 'isLoading');
  const disabled = flag(element, 'isDisabled');
  return h(
    'button',
    {
      class: looks(element),
      attrs: {
        type: text(element, 'type') ?? 'button',
        disabled,
        // A button that loads keeps its focus, so that a person at the keyboard stays where they are.
        'aria-disabled': busy ? 'true' : undefined,
        'aria-busy': busy ? 'true' : undefined,
        'aria-label': text(element, 'aria-label') ?? text(element, 'label'),
        'aria-labelledby': domId(element, 'aria-labelledby'),
        'aria-pressed':
          element.props.isSelected === undefined ? undefined : String(flag(element, 'isSelected')),
        autofocus: flag(element, 'autoFocus'),
        id: domId(element, 'id'),
      },
      on: {
        click: (event) => {
          if (busy) event.preventDefault();
          else drawing.call(element.props.onClick, plainEvent(event));
        },
        focus: (event) => drawing.call(element.props.onFocus, plainEvent(event)),
        blur: (event) => drawing.call(element.props.onBlur, plainEvent(event)),
      },
    },
    content(element, drawing, busy),
  );
};

const pressable: Component = (element, drawing) =>
  h(
    'button',
    {
      class: 'forge-pressable',
      attrs: {
        type: 'button',
        disabled: flag(element, 'isDisabled'),
        'aria-label': text(element, 'aria-label'),
      },
      styles: xcssStyles(element.props.xcss),
      on: { click: (event) => drawing.call(element.props.onClick, plainEvent(event)) },
    },
    drawing.children(element),
  );

const group: Component = (element, { children }) =>
  h(
    'div',
    {
      class: 'forge-buttons',
      attrs: { role: text(element, 'label') ? 'group' : undefined, 'aria-label': text(element, 'label') },
    },
    children(element),
  );

/** Addresses that an app may link to; `javascript:` and its like are not among them. */
function safeHref(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = new URL(value, location.href);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? value : undefined;
}

const link: Component = (element, drawing) => {
  const outside = flag(element, 'openNewTab') || text(element, 'target') === '_blank';
  return h(
    'a',
    {
      class: element.type === 'LinkButton' ? looks(element) : undefined,
      attrs: {
        href: safeHref(text(element, 'href')),
        target: outside ? '_blank' : undefined,
        rel: outside ? 'noopener noreferrer' : undefined,
        'aria-label': text(element, 'aria-label'),
      },
      on: { click: (event) => drawing.call(element.props.onClick, plainEvent(event)) },
    },
    drawing.children(element),
    outside ? h('span', { class: 'forge-hidden' }, ' (opens a new tab)') : null,
  );
};

const crumbs: Component = (element, { children }) =>
  h(
    'nav',
    { attrs: { 'aria-label': text(element, 'label') ?? 'Breadcrumbs' } },
    h('ol', { class: 'forge-crumbs' }, children(element)),
  );

const crumb: Component = (element) => {
  const href = safeHref(text(element, 'href'));
  const label = text(element, 'text') ?? '';
  return h('li', {}, href ? h('a', { attrs: { href } }, label) : label);
};

/** Components that a person presses or follows. */
export const buttonComponents: Record<string, Component> = {
  Button: button,
  LoadingButton: button,
  ButtonGroup: group,
  Pressable: pressable,
  Link: link,
  LinkButton: link,
  Breadcrumbs: crumbs,
  BreadcrumbsItem: crumb,
};
