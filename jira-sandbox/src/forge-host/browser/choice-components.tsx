import { Checkbox } from '@atlaskit/checkbox';
import { Radio, RadioGroup } from '@atlaskit/radio';
import Toggle from '@atlaskit/toggle';
import { type Component, call, pick, plainEvent } from './drawing.ts';
import { fieldProps } from './field-components.tsx';
import { domId, type ForgeElement, flag, list, part, text } from './forge-doc.ts';
import { useSettlingValue } from './settling-value.ts';

type Ticked = { type: string; target: { checked: boolean } };

/** The app decides with `isChecked`, otherwise the box remembers. */
function useTicking(element: ForgeElement) {
  const { isChecked } = element.props;
  const dictated = typeof isChecked === 'boolean' ? isChecked : undefined;
  const [checked, note] = useSettlingValue(dictated, flag(element, 'defaultChecked', 'defaultIsChecked'));
  const onChange = (event: Ticked) => {
    note(event.target.checked);
    const target = {
      checked: event.target.checked,
      type: 'checkbox',
      value: text(element, 'value'),
      name: text(element, 'name'),
    };
    call(element.props.onChange, plainEvent(event, target));
  };
  return { isChecked: checked, onChange };
}

const checkbox: Component = ({ element }) => (
  <Checkbox
    {...fieldProps(element)}
    {...pick(element, ['isIndeterminate', 'value', 'label'])}
    {...useTicking(element)}
  />
);

const toggle: Component = ({ element }) => (
  <Toggle
    {...fieldProps(element)}
    {...pick(element, ['size', 'value', 'label', 'isLoading'])}
    {...useTicking(element)}
  />
);

const checkboxGroup: Component = ({ element }) => {
  const { value } = element.props;
  const dictated = Array.isArray(value) ? value : undefined;
  const [chosen, note] = useSettlingValue<unknown[]>(dictated, list(element, 'defaultValue'));
  const turn = (one: unknown) => {
    const next = chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one];
    note(next);
    call(element.props.onChange, next);
  };
  return (
    <fieldset className="forge-group" aria-label={text(element, 'aria-label') ?? text(element, 'name')}>
      {list(element, 'options').map((option) => (
        <Checkbox
          key={String(part(option, 'value'))}
          label={String(part(option, 'label'))}
          isDisabled={flag(element, 'isDisabled') || part(option, 'isDisabled') === true}
          isChecked={chosen.includes(part(option, 'value'))}
          onChange={() => turn(part(option, 'value'))}
        />
      ))}
    </fieldset>
  );
};

type Chosen = { type: string; target: { value: string } };

const radioGroup: Component = ({ element }) => {
  const [value, note] = useSettlingValue(text(element, 'value'), text(element, 'defaultValue') ?? '');
  const name = text(element, 'name') ?? `radio-${element.key}`;
  return (
    <RadioGroup
      {...pick(element, ['isDisabled', 'isRequired', 'isInvalid', 'options', 'aria-label'])}
      id={domId(element, 'id')}
      aria-labelledby={domId(element, 'aria-labelledby', 'labelId')}
      name={name}
      value={value}
      onChange={(event: Chosen) => {
        note(event.target.value);
        call(element.props.onChange, plainEvent(event, { value: event.target.value, type: 'radio', name }));
      }}
    />
  );
};

const radio: Component = ({ element }) => (
  <Radio
    {...fieldProps(element)}
    {...pick(element, ['value', 'label', 'isChecked'])}
    onChange={(event: unknown) =>
      call(
        element.props.onChange,
        plainEvent(event, { value: text(element, 'value'), type: 'radio', checked: true }),
      )
    }
  />
);

/** Fields that a person ticks. */
export const choiceComponents: Record<string, Component> = {
  Checkbox: checkbox,
  CheckboxGroup: checkboxGroup,
  Toggle: toggle,
  Radio: radio,
  RadioGroup: radioGroup,
};
