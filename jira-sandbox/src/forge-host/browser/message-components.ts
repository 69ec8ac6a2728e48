import { plainEvent } from './button-components.ts';
import { amount, type Component, elementOfProp, flag, innerText, list, part, text } from './forge-doc.ts';
import { h } from './vdom.ts';

const signs: Record<string, [sign: string, words: string]> = {
  information: ['ℹ', 'Information'],
  warning: ['⚠', 'Warning'],
  error: ['!', 'Error'],
  success: ['✓', 'Success'],
  confirmation: ['✓', 'Success'],
  discovery: ['?', 'Good to know'],
};

const sectionMessage: Component = (element, { children, draw }) => {
  const appearance = text(element, 'appearance') ?? 'information';
  const [sign, words] = signs[appearance] ?? ['ℹ', 'Information'];
  const actions = element.children.filter((one) => one.type === 'SectionMessageAction');
  const rest = {
    ...element,
    children: element.children.filter((one) => one.type !== 'SectionMessageAction'),
  };
  return h(
    'div',
    {
      class: `forge-section-message ${appearance}`,
      attrs: { role: appearance === 'error' ? 'alert' : 'status' },
    },
    h('span', { class: 'forge-sign', attrs: { role: 'img', 'aria-label': words } }, sign),
    h(
      'div',
      {},
      text(element, 'title') ? h('p', { class: 'forge-message-title' }, text(element, 'title') ?? '') : null,
      children(rest),
      actions.length > 0 ? h('div', { class: 'forge-inline wrap' }, actions.flatMap(draw)) : null,
    ),
  );
};

const action: Component = (element, drawing) => {
  const href = text(element, 'href');
  const on = { click: (event: Event) => drawing.call(element.props.onClick, plainEvent(event)) };
  return href && /^(https?:|\/)/.test(href)
    ? h('a', { attrs: { href }, on }, drawing.children(element))
    : h('button', { class: 'forge-button link', attrs: { type: 'button' }, on }, drawing.children(element));
};

const emptyState: Component = (element, { draw, children }) => {
  const slot = (name: string) => elementOfProp(element.props[name], `${element.key}-${name}`).flatMap(draw);
  const level = amount(element, 'headingLevel') ?? 4;
  return h(
    'div',
    { class: 'forge-empty' },
    h(
      `h${Math.min(6, Math.max(1, level))}`,
      { class: 'forge-heading size-medium' },
      text(element, 'header') ?? '',
    ),
    element.props.description ? h('div', {}, slot('description')) : null,
    children(element),
    h(
      'div',
      { class: 'forge-buttons' },
      slot('primaryAction'),
      slot('secondaryAction'),
      slot('tertiaryAction'),
    ),
    flag(element, 'isLoading')
      ? h('span', { class: 'forge-spinner', attrs: { role: 'status', 'aria-label': 'Loading' } })
      : null,
  );
};

const spinner: Component = (element) =>
  h('span', {
    class: `forge-spinner ${text(element, 'size') ?? 'medium'}`,
    attrs: { role: 'status', 'aria-label': text(element, 'label') ?? 'Loading' },
  });

const progressBar: Component = (element) => {
  const value = amount(element, 'value') ?? 0;
  const open = flag(element, 'isIndeterminate');
  return h('progress', {
    class: 'forge-progress',
    attrs: {
      max: '1',
      value: open ? undefined : value,
      'aria-label': text(element, 'ariaLabel') ?? text(element, 'aria-label') ?? 'Progress',
    },
  });
};

const progressTracker: Component = (element) =>
  h(
    'ol',
    { class: 'forge-tracker', attrs: { 'aria-label': text(element, 'label') ?? 'Progress' } },
    list(element, 'items').map((item) => {
      const status = String(part(item, 'status') ?? '');
      return h(
        'li',
        { class: status, attrs: { 'aria-current': status === 'current' ? 'step' : undefined } },
        String(part(item, 'label') ?? ''),
      );
    }),
  );

const user: Component = (element) =>
  h('span', { class: 'forge-tag' }, `Account ${text(element, 'accountId') ?? innerText(element)}`);

/** Components that tell how things stand. */
export const messageComponents: Record<string, Component> = {
  SectionMessage: sectionMessage,
  SectionMessageAction: action,
  EmptyState: emptyState,
  Spinner: spinner,
  ProgressBar: progressBar,
  ProgressTracker: progressTracker,
  User: user,
};
