import { plainEvent } from './button-components.ts';
import { fieldAttrs, focusEvents } from './field-components.ts';
import { type Component, domId, flag, list, part, text } from './forge-doc.ts';
import { h } from './vdom.ts';

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

/** Fields that a person ticks. */
export const choiceComponents: Record<string, Component> = {
  Checkbox: checkbox,
  CheckboxGroup: checkboxGroup,
  Toggle: checkbox,
  Radio: radio,
  RadioGroup: radioGroup,
};
