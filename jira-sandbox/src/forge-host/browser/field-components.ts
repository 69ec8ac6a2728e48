import { plainEvent } from './button-components.ts';
import { amount, type Component, type Drawing, domId, type ForgeElement, flag, text } from './forge-doc.ts';
import { h, type VNode } from './vdom.ts';

/** Attributes that every field shares. */
export function fieldAttrs(element: ForgeElement): Record<string, unknown> {
  const invalid = flag(element, 'isInvalid', 'aria-invalid');
  return {
    id: domId(element, 'inputId', 'id'),
    name: text(element, 'name'),
    disabled: flag(element, 'isDisabled'),
    readonly: flag(element, 'isReadOnly'),
    required: flag(element, 'isRequired'),
    placeholder: text(element, 'placeholder'),
    autofocus: flag(element, 'autoFocus'),
    'aria-label': text(element, 'aria-label') ?? text(element, 'label'),
    'aria-labelledby': domId(element, 'aria-labelledby'),
    'aria-describedby': domId(element, 'aria-describedby'),
    'aria-invalid': invalid ? 'true' : undefined,
  };
}

/** The events that tell of the focus. */
export function focusEvents(element: ForgeElement, drawing: Drawing) {
  return {
    focus: (event: Event) => drawing.call(element.props.onFocus, plainEvent(event)),
    blur: (event: Event) => drawing.call(element.props.onBlur, plainEvent(event)),
  };
}

function typedIn(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
    ? target.value
    : '';
}

/** The value that the app dictates, or the one a field starts with. */
function startingValue(
  element: ForgeElement,
  drawing: Drawing,
): { value: string | undefined; note: (value: string) => void } {
  const controlled = text(element, 'value');
  if (controlled !== undefined) return { value: controlled, note: () => {} };
  const kept = drawing.memory(element, 'value', text(element, 'defaultValue') ?? '');
  return { value: kept.value, note: kept.set };
}

const textfield: Component = (element, drawing) => {
  const type = text(element, 'type') ?? 'text';
  const { value, note } = startingValue(element, drawing);
  return h('input', {
    class: 'forge-input',
    attrs: {
      ...fieldAttrs(element),
      type,
      min: text(element, 'min'),
      max: text(element, 'max'),
      maxlength: text(element, 'maxLength'),
    },
    props: { value },
    on: {
      input: (event) => {
        note(typedIn(event));
        drawing.call(
          element.props.onChange,
          plainEvent(event, { value: typedIn(event), type, name: text(element, 'name') }),
        );
      },
      ...focusEvents(element, drawing),
    },
  });
};

const textarea: Component = (element, drawing) => {
  const { value, note } = startingValue(element, drawing);
  return h('textarea', {
    class: 'forge-input',
    attrs: {
      ...fieldAttrs(element),
      rows: text(element, 'minimumRows'),
      maxlength: text(element, 'maxLength'),
    },
    props: { value },
    on: {
      input: (event) => {
        note(typedIn(event));
        drawing.call(
          element.props.onChange,
          plainEvent(event, { value: typedIn(event), type: 'textarea', name: text(element, 'name') }),
        );
      },
      ...focusEvents(element, drawing),
    },
  });
};

const range: Component = (element, drawing) => {
  const kept = drawing.memory(element, 'value', amount(element, 'defaultValue') ?? 50);
  const value = amount(element, 'value') ?? kept.value;
  return h('input', {
    attrs: {
      ...fieldAttrs(element),
      type: 'range',
      min: text(element, 'min') ?? '0',
      max: text(element, 'max') ?? '100',
      step: text(element, 'step'),
    },
    props: { value: String(value) },
    on: {
      input: (event) => {
        kept.set(Number(typedIn(event)));
        drawing.call(element.props.onChange, Number(typedIn(event)));
      },
    },
  });
};

/** Date and time: the app gets the ISO text itself, not an event. */
const picker =
  (type: 'date' | 'time'): Component =>
  (element, drawing): VNode => {
    const { value, note } = startingValue(element, drawing);
    return h('input', {
      class: 'forge-input',
      attrs: { ...fieldAttrs(element), type, min: text(element, 'minDate'), max: text(element, 'maxDate') },
      props: { value },
      on: {
        change: (event) => {
          note(typedIn(event));
          drawing.call(element.props.onChange, typedIn(event));
        },
        ...focusEvents(element, drawing),
      },
    });
  };

/** Fields with a value. */
export const fieldComponents: Record<string, Component> = {
  Textfield: textfield,
  TextArea: textarea,
  Range: range,
  DatePicker: picker('date'),
  TimePicker: picker('time'),
};
