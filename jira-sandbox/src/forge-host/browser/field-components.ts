import { plainEvent } from './button-components.ts';
import {
  amount,
  type Component,
  type Drawing,
  domId,
  type ForgeElement,
  flag,
  list,
  part,
  text,
} from './forge-doc.ts';
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

function focusEvents(element: ForgeElement, drawing: Drawing) {
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

/** Checkbox and Toggle: the app decides with `isChecked`, otherwise the box remembers. */
const checkbox: Component = (element, drawing) => {
  const controlled = element.props.isChecked;
  const kept = drawing.memory(element, 'checked', flag(element, 'defaultChecked', 'defaultIsChecked'));
  const checked = typeof controlled === 'boolean' ? controlled : kept.value;
  const isToggle = element.type === 'Toggle';
  const label = text(element, 'label');
  const box = h('input', {
    attrs: {
      ...fieldAttrs(element),
      'aria-label': isToggle ? (text(element, 'aria-label') ?? label) : text(element, 'aria-label'),
      type: 'checkbox',
      role: isToggle ? 'switch' : undefined,
      value: text(element, 'value'),
    },
    props: { checked, indeterminate: flag(element, 'isIndeterminate') },
    on: {
      change: (event) => {
        const now = event.target instanceof HTMLInputElement && event.target.checked;
        kept.set(now);
        const target = {
          checked: now,
          type: 'checkbox',
          value: text(element, 'value'),
          name: text(element, 'name'),
        };
        drawing.call(element.props.onChange, plainEvent(event, target));
      },
      ...focusEvents(element, drawing),
    },
  });
  if (isToggle) return h('span', { class: 'forge-toggle' }, box);
  return label ? h('label', { class: 'forge-choice' }, box, h('span', {}, label)) : box;
};

const checkboxGroup: Component = (element, drawing) => {
  const controlled = element.props.value;
  const kept = drawing.memory<unknown[]>(element, 'value', list(element, 'defaultValue'));
  const chosen = Array.isArray(controlled) ? controlled : kept.value;
  return h(
    'div',
    { attrs: { role: 'group', 'aria-label': text(element, 'aria-label') ?? text(element, 'name') } },
    list(element, 'options').map((option) => {
      const value = part(option, 'value');
      return h(
        'label',
        { class: 'forge-choice' },
        h('input', {
          attrs: {
            type: 'checkbox',
            disabled: flag(element, 'isDisabled') || part(option, 'isDisabled') === true,
          },
          props: { checked: chosen.includes(value) },
          on: {
            change: () => {
              const next = chosen.includes(value)
                ? chosen.filter((one) => one !== value)
                : [...chosen, value];
              kept.set(next);
              drawing.call(element.props.onChange, next);
            },
          },
        }),
        h('span', {}, String(part(option, 'label'))),
      );
    }),
  );
};

const radioGroup: Component = (element, drawing) => {
  const controlled = text(element, 'value');
  const kept = drawing.memory(element, 'value', text(element, 'defaultValue') ?? '');
  const chosen = controlled ?? kept.value;
  const name = text(element, 'name') ?? `radio-${element.key}`;
  return h(
    'div',
    {
      attrs: {
        role: 'radiogroup',
        'aria-label': text(element, 'aria-label'),
        'aria-labelledby': domId(element, 'aria-labelledby', 'labelId'),
        id: domId(element, 'id'),
      },
    },
    list(element, 'options').map((option) => {
      const value = String(part(option, 'value'));
      return h(
        'label',
        { class: 'forge-choice' },
        h('input', {
          attrs: {
            type: 'radio',
            name,
            value,
            disabled: flag(element, 'isDisabled') || part(option, 'isDisabled') === true,
          },
          props: { checked: value === chosen },
          on: {
            change: (event) => {
              kept.set(value);
              drawing.call(element.props.onChange, plainEvent(event, { value, type: 'radio', name }));
            },
          },
        }),
        h('span', {}, String(part(option, 'label') ?? value)),
      );
    }),
  );
};

const radio: Component = (element, drawing) =>
  h(
    'label',
    { class: 'forge-choice' },
    h('input', {
      attrs: { ...fieldAttrs(element), type: 'radio', value: text(element, 'value') },
      props: { checked: flag(element, 'isChecked') },
      on: {
        change: (event) =>
          drawing.call(
            element.props.onChange,
            plainEvent(event, { value: text(element, 'value'), type: 'radio', checked: true }),
          ),
      },
    }),
    h('span', {}, text(element, 'label') ?? ''),
  );

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

/** Fields with a value; Select stands in a file of its own. */
export const fieldComponents: Record<string, Component> = {
  Textfield: textfield,
  TextArea: textarea,
  Checkbox: checkbox,
  CheckboxGroup: checkboxGroup,
  Toggle: checkbox,
  Radio: radio,
  RadioGroup: radioGroup,
  Range: range,
  DatePicker: picker('date'),
  TimePicker: picker('time'),
};
