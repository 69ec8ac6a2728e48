import { plainEvent } from './button-components.ts';
import { type Component, domId, type ForgeElement, flag, text } from './forge-doc.ts';
import { h } from './vdom.ts';

const sizes: Record<string, string> = { small: '400px', medium: '600px', large: '800px', 'x-large': '968px' };

/** A dialog of the browser: it holds the focus, closes on Escape, and gives the focus back. */
const modal: Component = (element, drawing) => {
  const close = (event: Event) => drawing.call(element.props.onClose, plainEvent(event));
  const width = text(element, 'width') ?? 'medium';
  const titled = hasTitle(element);
  drawing.overlays.push(
    h(
      'dialog',
      {
        key: element.key,
        class: 'forge-modal',
        attrs: {
          'aria-labelledby': titled ? titleId : undefined,
          'aria-label': titled ? undefined : (text(element, 'label') ?? 'Dialog'),
        },
        styles: { width: sizes[width] ?? width },
        on: {
          cancel: (event) => {
            // The app decides whether the dialog goes: it takes it out of the tree.
            event.preventDefault();
            if (element.props.shouldCloseOnEscapePress !== false) close(event);
          },
          click: (event) => {
            const outside = event.target === event.currentTarget;
            if (outside && element.props.shouldCloseOnOverlayClick !== false) close(event);
          },
        },
        mounted: (node) => node instanceof HTMLDialogElement && node.showModal(),
        removing: (node) => node instanceof HTMLDialogElement && node.close(),
      },
      h('div', { class: 'forge-modal-content' }, drawing.children(element)),
    ),
  );
  return [];
};

/** One dialog is open at a time, so its title can have a fixed id. */
const titleId = 'forge-modal-title';

function hasTitle(element: ForgeElement): boolean {
  return element.type === 'ModalTitle' || element.children.some(hasTitle);
}

const modalHeader: Component = (element, { children }) =>
  h('div', { class: 'forge-modal-header' }, children(element));

const modalTitle: Component = (element, { children }) =>
  h(
    'h2',
    { class: `forge-heading size-medium ${text(element, 'appearance') ?? ''}`, attrs: { id: titleId } },
    text(element, 'appearance') ? h('span', { attrs: { 'aria-hidden': 'true' } }, '⚠ ') : null,
    children(element),
  );

const modalBody: Component = (element, { children }) =>
  h('div', { class: 'forge-modal-body', attrs: { tabindex: '0' } }, children(element));

const modalFooter: Component = (element, { children }) =>
  h('div', { class: 'forge-buttons forge-modal-footer' }, children(element));

/** The hint is read out with what it describes, and shown on hover and focus. */
const tooltip: Component = (element, { children }) => {
  const content = text(element, 'content');
  const id = `forge-tip-${element.key}`;
  return h(
    'span',
    { class: 'forge-tooltip', attrs: { 'aria-describedby': content ? id : undefined } },
    children(element),
    content ? h('span', { class: 'forge-tip', attrs: { role: 'tooltip', id } }, content) : null,
  );
};

function wrapped(element: ForgeElement, name: string): ForgeElement[] {
  return element.children.filter((one) => one.type === 'ContentWrapper' && text(one, 'name') === name);
}

const popup: Component = (element, drawing) => {
  const open = flag(element, 'isOpen');
  const leave = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape')
      drawing.call(element.props.onClose, plainEvent(event));
  };
  return h(
    'span',
    { class: 'forge-popup', on: { keydown: leave } },
    wrapped(element, 'trigger').flatMap(drawing.children),
    open
      ? h(
          'div',
          {
            class: 'forge-popup-content',
            attrs: {
              role: text(element, 'role') ?? 'dialog',
              'aria-label': text(element, 'label') ?? 'Details',
              id: domId(element, 'id'),
            },
          },
          wrapped(element, 'content').flatMap(drawing.children),
        )
      : null,
  );
};

const inlineEdit: Component = (element, drawing) => {
  const button = (label: string, handler: unknown, look: string) =>
    h(
      'button',
      {
        class: `forge-button ${look} compact`,
        attrs: { type: 'button' },
        on: { click: () => drawing.call(handler) },
      },
      label,
    );
  const label = text(element, 'label') ?? 'value';
  return h(
    'div',
    { class: 'forge-inline wrap' },
    flag(element, 'isEditing')
      ? [
          ...wrapped(element, 'editView').flatMap(drawing.children),
          button(text(element, 'confirmButtonLabel') ?? 'Confirm', element.props.onConfirm, 'primary'),
          button(text(element, 'cancelButtonLabel') ?? 'Cancel', element.props.onCancel, 'subtle'),
        ]
      : [
          ...wrapped(element, 'readView').flatMap(drawing.children),
          button(text(element, 'editButtonLabel') ?? `Edit ${label}`, element.props.onEdit, 'subtle'),
        ],
  );
};

/** Components that lie over others or change places with them. */
export const overlayComponents: Record<string, Component> = {
  Modal: modal,
  ModalHeader: modalHeader,
  ModalTitle: modalTitle,
  ModalBody: modalBody,
  ModalFooter: modalFooter,
  Tooltip: tooltip,
  Popup: popup,
  InlineEdit: inlineEdit,
};
