import { DatePicker, TimePicker } from '@atlaskit/datetime-picker';
import Range from '@atlaskit/range';
import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import { type Component, call, pick, plainEvent } from './drawing.ts';
import { amount, domId, type ForgeElement, flag, text } from './forge-doc.ts';
import { useSettlingValue } from './settling-value.ts';

const shared = [
  'isDisabled',
  'isReadOnly',
  'isRequired',
  'isCompact',
  'appearance',
  'placeholder',
  'autoFocus',
];

/** Props that every field shares. */
export function fieldProps(element: ForgeElement): Record<string, unknown> {
  const given = {
    id: domId(element, 'inputId', 'id'),
    name: text(element, 'name'),
    'aria-label': text(element, 'aria-label'),
    'aria-labelledby': domId(element, 'aria-labelledby'),
    'aria-describedby': domId(element, 'aria-describedby'),
    isInvalid: flag(element, 'isInvalid', 'aria-invalid'),
    onFocus: (event: unknown) => call(element.props.onFocus, plainEvent(event)),
    onBlur: (event: unknown) => call(element.props.onBlur, plainEvent(event)),
  };
  return {
    ...pick(element, shared),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

type Typed = { type: string; target: { value: string } };

/** A field that a person types in: the app gets an event with the value. */
function useTyping(element: ForgeElement, type: string) {
  const [value, note] = useSettlingValue(text(element, 'value'), text(element, 'defaultValue') ?? '');
  const onChange = (event: Typed) => {
    note(event.target.value);
    const target = { value: event.target.value, type, name: text(element, 'name') };
    call(element.props.onChange, plainEvent(event, target));
  };
  return { value, onChange };
}

const textfield: Component = ({ element }) => {
  const type = text(element, 'type') ?? 'text';
  return (
    <Textfield
      {...fieldProps(element)}
      {...pick(element, ['min', 'max', 'maxLength', 'width'])}
      type={type}
      {...useTyping(element, type)}
    />
  );
};

const textarea: Component = ({ element }) => (
  <TextArea
    {...fieldProps(element)}
    {...pick(element, ['minimumRows', 'maxLength', 'resize', 'isMonospaced', 'spellCheck'])}
    {...useTyping(element, 'textarea')}
  />
);

const range: Component = ({ element }) => {
  const [value, note] = useSettlingValue(amount(element, 'value'), amount(element, 'defaultValue') ?? 50);
  return (
    <Range
      {...fieldProps(element)}
      {...pick(element, ['min', 'max', 'step'])}
      value={value}
      onChange={(next: unknown) => {
        note(Number(next));
        call(element.props.onChange, Number(next));
      }}
    />
  );
};

/** Date and time: the app gets the ISO text itself, not an event. */
const picker =
  (Picker: AtlaskitPart): Component =>
  ({ element }) => {
    const [value, note] = useSettlingValue(text(element, 'value'), text(element, 'defaultValue') ?? '');
    return (
      <Picker
        {...fieldProps(element)}
        {...pick(element, [
          'minDate',
          'maxDate',
          'dateFormat',
          'timeFormat',
          'times',
          'timeIsEditable',
          'locale',
        ])}
        label={text(element, 'aria-label') ?? text(element, 'label')}
        value={value}
        onChange={(next: unknown) => {
          note(String(next));
          call(element.props.onChange, next);
        }}
      />
    );
  };

/** Fields with a value. */
export const fieldComponents: Record<string, Component> = {
  Textfield: textfield,
  TextArea: textarea,
  Range: range,
  DatePicker: picker(DatePicker),
  TimePicker: picker(TimePicker),
};
