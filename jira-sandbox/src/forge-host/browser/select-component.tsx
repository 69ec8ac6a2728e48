import Select from '@atlaskit/select';
import { type Component, call, pick } from './drawing.ts';
import { fieldProps } from './field-components.tsx';
import { flag } from './forge-doc.ts';
import { useSettlingValue } from './settling-value.ts';

const passed = [
  'appearance',
  'isClearable',
  'isLoading',
  'isMulti',
  'isSearchable',
  'menuPlacement',
  'options',
  'spacing',
];

/** Above dialogs, whose layer is 510 (`@atlaskit/theme`, constants). */
const menuLayer = 520;

/**
 * The app gets the option object (a list of them with `isMulti`, null when it is cleared). The menu lies on the
 * page itself, since tables and dialogs scroll and would cut it off.
 */
const select: Component = ({ element }) => {
  const [value, note] = useSettlingValue<unknown>(element.props.value, element.props.defaultValue ?? null);
  const { id, placeholder, ...field } = fieldProps(element);
  return (
    <Select
      {...field}
      {...pick(element, passed)}
      {...(placeholder === undefined ? {} : { placeholder })}
      inputId={id}
      isDisabled={flag(element, 'isDisabled')}
      value={value}
      menuPortalTarget={document.querySelector('.forge-overlays')}
      styles={{ menuPortal: (base: object) => ({ ...base, zIndex: menuLayer }) }}
      onChange={(option: unknown) => {
        note(option);
        call(element.props.onChange, option);
      }}
    />
  );
};

/** Select. */
export const selectComponents: Record<string, Component> = { Select: select };
