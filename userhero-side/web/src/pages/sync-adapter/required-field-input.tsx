import { Checkbox, NativeSelect, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { GivenValue, RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { type JiraPlace, PeopleInput } from './people-input.tsx';

type RequiredFieldInputProps = {
  field: RequiredField;
  place: JiraPlace;
  value: GivenValue | undefined;
  error: string | undefined;
  onChange: (value: GivenValue) => void;
};

/** The input for a value of the field's kind. */
export function RequiredFieldInput({ field, place, value, error, onChange }: RequiredFieldInputProps) {
  const common = { label: field.name, error, required: true, withAsterisk: false };
  switch (field.kind) {
    case 'option':
      return (
        <NativeSelect
          {...common}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={withNone(field.allowedValues)}
        />
      );
    case 'options':
      return (
        <Checkbox.Group label={field.name} error={error} value={listOf(value)} onChange={onChange}>
          <Stack gap={6} mt={4} mb={6}>
            {field.allowedValues.map((allowed) => (
              <Checkbox key={allowed.id} value={allowed.id} label={allowed.name} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case 'cascading':
      return <CascadingInput field={field} value={listOf(value)} error={error} onChange={onChange} />;
    case 'labels':
      return (
        <TagsInput
          {...common}
          description="Press Enter after each."
          splitChars={[' ', ',']}
          value={listOf(value)}
          onChange={onChange}
        />
      );
    case 'person':
    case 'people':
      return (
        <PeopleInput
          label={field.name}
          error={error}
          place={place}
          several={field.kind === 'people'}
          value={listOf(value)}
          onChange={onChange}
        />
      );
    case 'paragraph':
      return (
        <Textarea
          {...common}
          rows={4}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          {...typedAs[field.kind]}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

const typedAs: Partial<Record<RequiredField['kind'], { type?: string; inputMode?: 'decimal' | 'url' }>> = {
  number: { inputMode: 'decimal' },
  url: { type: 'url', inputMode: 'url' },
  date: { type: 'date' },
  datetime: { type: 'datetime-local' },
};

type CascadingInputProps = {
  field: RequiredField;
  value: string[];
  error: string | undefined;
  onChange: (value: string[]) => void;
};

/** A choice, and one of those below it where there are any. */
function CascadingInput({ field, value: [first, second], error, onChange }: CascadingInputProps) {
  const children = field.allowedValues.find((allowed) => allowed.id === first)?.children ?? [];
  return (
    <Stack gap="xs">
      <NativeSelect
        label={field.name}
        error={error}
        value={first ?? ''}
        onChange={({ currentTarget: { value } }) => onChange(value === '' ? [] : [value])}
        data={withNone(field.allowedValues)}
      />
      {first !== undefined && children.length > 0 && (
        <NativeSelect
          aria-label={`${field.name}, second choice`}
          value={second ?? ''}
          onChange={({ currentTarget: { value } }) => onChange(value === '' ? [first] : [first, value])}
          data={[
            { value: '', label: 'None' },
            ...children.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </Stack>
  );
}

function withNone(allowed: readonly { id: string; name: string }[]) {
  return [{ value: '', label: 'Choose…' }, ...allowed.map(({ id, name }) => ({ value: id, label: name }))];
}

function textOf(value: GivenValue | undefined): string {
  return value === undefined || Array.isArray(value) ? '' : String(value);
}

function listOf(value: GivenValue | undefined): string[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [String(value)];
}
