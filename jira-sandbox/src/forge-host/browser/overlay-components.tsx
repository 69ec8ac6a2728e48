import Button from '@atlaskit/button/new';
import Modal, {
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
} from '@atlaskit/modal-dialog';
import { Popup } from '@atlaskit/popup';
import { Inline } from '@atlaskit/primitives';
import Tooltip from '@atlaskit/tooltip';
import type { Ref } from 'react';
import { type Component, call, drawWrapped, pick, plainEvent } from './drawing.ts';
import { domId, type ForgeElement, flag, text } from './forge-doc.ts';

const modalProps = [
  'width',
  'height',
  'autoFocus',
  'shouldCloseOnEscapePress',
  'shouldCloseOnOverlayClick',
  'shouldScrollInViewport',
];

/** The app decides whether the dialog goes: it takes it out of the tree. */
const modal: Component = ({ element, children }) => (
  <Modal
    {...pick(element, modalProps)}
    {...(hasTitle(element) ? {} : { label: text(element, 'label') ?? 'Dialog' })}
    onClose={(event: unknown) => call(element.props.onClose, plainEvent(event))}
  >
    {children}
  </Modal>
);

function hasTitle(element: ForgeElement): boolean {
  return element.type === 'ModalTitle' || element.children.some(hasTitle);
}

const plain =
  (Part: AtlaskitPart, names: readonly string[] = []): Component =>
  ({ element, children }) => <Part {...pick(element, names)}>{children}</Part>;

/** Atlaskit's tooltip counts on an element that reports to it; a string alone is left as it is. */
const tooltip: Component = ({ element, children }) => (
  <Tooltip {...pick(element, ['content', 'position', 'delay', 'hideTooltipOnClick'])} tag="span">
    {children}
  </Tooltip>
);

const popup: Component = (props) => {
  const { element } = props;
  return (
    <Popup
      {...pick(element, ['placement', 'shouldFlip'])}
      id={domId(element, 'id')}
      isOpen={flag(element, 'isOpen')}
      role={text(element, 'role') ?? 'dialog'}
      label={text(element, 'label') ?? 'Details'}
      onClose={(event: unknown) => call(element.props.onClose, plainEvent(event))}
      content={() => <div className="forge-popup">{drawWrapped(props, 'content')}</div>}
      trigger={({ ref }: { ref: Ref<HTMLSpanElement> }) => (
        <span ref={ref}>{drawWrapped(props, 'trigger')}</span>
      )}
    />
  );
};

/** The app's own switch between reading and editing; Atlaskit's InlineEdit would keep one of its own. */
const inlineEdit: Component = (props) => {
  const { element } = props;
  const button = (label: string, handler: unknown, appearance: string) => (
    <Button appearance={appearance} spacing="compact" onClick={() => call(handler)}>
      {label}
    </Button>
  );
  return (
    <Inline space="space.100" alignBlock="center" shouldWrap>
      {flag(element, 'isEditing') ? (
        <>
          {drawWrapped(props, 'editView')}
          {button(text(element, 'confirmButtonLabel') ?? 'Confirm', element.props.onConfirm, 'primary')}
          {button(text(element, 'cancelButtonLabel') ?? 'Cancel', element.props.onCancel, 'subtle')}
        </>
      ) : (
        <>
          {drawWrapped(props, 'readView')}
          {button(
            text(element, 'editButtonLabel') ?? `Edit ${text(element, 'label') ?? 'value'}`,
            element.props.onEdit,
            'subtle',
          )}
        </>
      )}
    </Inline>
  );
};

/** Components that lie over others or change places with them. */
export const overlayComponents: Record<string, Component> = {
  Modal: modal,
  ModalHeader: plain(ModalHeader, ['hasCloseButton']),
  ModalTitle: plain(ModalTitle, ['appearance']),
  ModalBody: plain(ModalBody),
  ModalFooter: plain(ModalFooter),
  ModalTransition: plain(ModalTransition),
  Tooltip: tooltip,
  Popup: popup,
  InlineEdit: inlineEdit,
};
