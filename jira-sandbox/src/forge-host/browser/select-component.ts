import { plainEvent } from './button-components.ts';
import { fieldAttrs } from './field-components.ts';
import { type Component, flag, part, text } from './forge-doc.ts';
import { h, type VNode } from './vdom.ts';

/** The empty choice: what Atlaskit's Select shows as its placeholder. */
const nothing = '';

type Entry = { option: unknown; id: string };

/**
 * Atlaskit's Select as the browser's own: the keyboard and screen readers know it. The app gets the option object
 * (a list of them with `isMulti`, null when it is cleared), as from react-select.
 */
const select: Component = (element, drawing) => {
  const many = flag(element, 'isMulti');
  const kept = drawing.memory<unknown>(element, 'value', element.props.defaultValue ?? null);
  const controlled = 'value' in element.props && element.props.value !== undefined;
  const value = controlled ? element.props.value : kept.value;
  const chosen = (Array.isArray(value) ? value : [value]).map(valueKey);
  const entries: Entry[] = [];
  const optionNode = (option: unknown): VNode => {
    const id = String(entries.length);
    entries.push({ option, id });
    return h(
      'option',
      {
        attrs: { value: id, disabled: part(option, 'isDisabled') === true },
        props: { selected: chosen.includes(valueKey(option)) },
      },
      String(part(option, 'label') ?? part(option, 'value') ?? ''),
    );
  };
  const options = element.props.options;
  const drawn = (Array.isArray(options) ? options : []).map((one) => {
    const inner = part(one, 'options');
    return Array.isArray(inner)
      ? h('optgroup', { attrs: { label: part(one, 'label') } }, inner.map(optionNode))
      : optionNode(one);
  });
  const shown = entries.find((one) => chosen.includes(valueKey(one.option)))?.id;
  const placeholder = text(element, 'placeholder') ?? 'Select…';
  const clearable = flag(element, 'isClearable') || shown === undefined;
  return h(
    'select',
    {
      class: 'forge-select',
      attrs: {
        ...fieldAttrs(element),
        placeholder: undefined,
        readonly: undefined,
        multiple: many,
        disabled: flag(element, 'isDisabled', 'isLoading'),
        'aria-busy': flag(element, 'isLoading') ? 'true' : undefined,
      },
      props: many ? {} : { value: shown ?? nothing },
      on: {
        change: (event) => {
          const picked =
            event.target instanceof HTMLSelectElement
              ? [...event.target.selectedOptions].flatMap((one) =>
                  entries.filter((entry) => entry.id === one.value),
                )
              : [];
          const result = many ? picked.map((one) => one.option) : (picked[0]?.option ?? null);
          kept.set(result);
          drawing.call(element.props.onChange, result);
        },
        focus: (event) => drawing.call(element.props.onFocus, plainEvent(event)),
        blur: (event) => drawing.call(element.props.onBlur, plainEvent(event)),
      },
    },
    !many && clearable
      ? h(
          'option',
          {
            attrs: { value: nothing, disabled: !flag(element, 'isClearable') && flag(element, 'isRequired') },
          },
          placeholder,
        )
      : null,
    drawn,
  );
};

/** Options are compared by their value: the app may build them anew each time. */
function valueKey(option: unknown): string {
  if (option === null || option === undefined) return '';
  return `=${JSON.stringify(part(option, 'value') ?? option)}`;
}

/** Select. */
export const selectComponents: Record<string, Component> = { Select: select };
