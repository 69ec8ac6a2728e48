import { plainEvent } from './button-components.ts';
import { type Component, domId, type ForgeElement, text } from './forge-doc.ts';
import { h } from './vdom.ts';

const form: Component = (element, drawing) =>
  h(
    'form',
    {
      class: 'forge-form',
      attrs: { novalidate: true, id: domId(element, 'id') },
      on: {
        submit: (event) => {
          event.preventDefault();
          drawing.call(element.props.onSubmit, plainEvent(event));
        },
      },
    },
    drawing.children(element),
  );

const header: Component = (element, { children }) =>
  h(
    'div',
    { class: 'forge-form-header' },
    text(element, 'title')
      ? h('h2', { class: 'forge-heading size-large' }, text(element, 'title') ?? '')
      : null,
    text(element, 'description') ? h('p', {}, text(element, 'description') ?? '') : null,
    children(element),
  );

const section: Component = (element, { children }) =>
  h(
    'section',
    { class: 'forge-form-section', attrs: { 'aria-label': text(element, 'title') } },
    text(element, 'title')
      ? h('h3', { class: 'forge-heading size-medium' }, text(element, 'title') ?? '')
      : null,
    text(element, 'description') ? h('p', {}, text(element, 'description') ?? '') : null,
    children(element),
  );

const footer: Component = (element, { children }) =>
  h(
    'div',
    { class: `forge-buttons forge-form-footer ${text(element, 'align') ?? 'end'}` },
    children(element),
  );

const label: Component = (element, { children }) =>
  h(
    'label',
    { class: 'forge-label', attrs: { for: domId(element, 'labelFor'), id: domId(element, 'id') } },
    children(element),
  );

const message =
  (kind: 'helper' | 'error' | 'valid'): Component =>
  (element: ForgeElement, { children }) =>
    h(
      'p',
      {
        class: `forge-message ${kind}`,
        attrs: { id: domId(element, 'id'), role: kind === 'error' ? 'alert' : undefined },
      },
      kind === 'error' ? h('span', { attrs: { 'aria-hidden': 'true' } }, '⚠ ') : null,
      kind === 'valid' ? h('span', { attrs: { 'aria-hidden': 'true' } }, '✓ ') : null,
      children(element),
    );

const asterisk: Component = () =>
  h('span', { class: 'forge-required', attrs: { 'aria-hidden': 'true' } }, '*');

/** Forms and what stands around their fields. */
export const formComponents: Record<string, Component> = {
  Form: form,
  FormHeader: header,
  FormSection: section,
  FormFooter: footer,
  Label: label,
  HelperMessage: message('helper'),
  ErrorMessage: message('error'),
  ValidMessage: message('valid'),
  RequiredAsterisk: asterisk,
};
