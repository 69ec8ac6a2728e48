import { Checkbox, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ChooseProject, RequiredField } from '@userhero/shared/contracts/adapter.ts';
import { Note } from '../../parts/note.tsx';

/** What was typed or chosen so far, by field id. */
export type FixedValues = Record<string, string | string[]>;

type FixedFields = NonNullable<ChooseProject['fixedFields']>;

/** Reads the form: the values as the service takes them, and the fields that still lack one. */
export function readFixedValues(
  fields: readonly RequiredField[],
  values: FixedValues,
): { values: FixedFields; missing: string[] } {
  const read: FixedFields = {};
  const missing: string[] = [];
  for (const field of fields) {
    const value = values[field.fieldId];
    const number = Number(value);
    if (field.kind === 'unsupported' || value === undefined || value.length === 0)
      missing.push(field.fieldId);
    else if (field.kind !== 'number') read[field.fieldId] = value;
    else if (Number.isFinite(number)) read[field.fieldId] = number;
    else missing.push(field.fieldId);
  }
  return { values: read, missing };
}

type RequiredFieldsProps = {
  fields: readonly RequiredField[];
  values: FixedValues;
  onChange: (values: FixedValues) => void;
  showMissing: boolean;
};

/** Fixed values for the fields that Jira requires and UserHero does not have. */
export function RequiredFields({ fields, values, onChange, showMissing }: RequiredFieldsProps) {
  const unsupported = fields.filter((field) => field.kind === 'unsupported');
  const missing = new Set(readFixedValues(fields, values).missing);
  return (
    <Stack gap="md" component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" size="sm" c="dimmed" p={0} mb="xs">
        Jira requires these fields for this issue type. Every issue gets the value that you give here.
      </Text>
      {unsupported.length > 0 && (
        <Note tone="bad" title="This issue type cannot be used yet" live="polite">
          <Text size="sm">
            Jira requires {unsupported.map((field) => `“${field.name}”`).join(', ')}, which UserHero cannot
            fill. Choose another issue type, or make the field optional in Jira.
          </Text>
        </Note>
      )}
      {fields
        .filter((field) => field.kind !== 'unsupported')
        .map((field) => (
          <RequiredFieldInput
            key={field.fieldId}
            field={field}
            value={values[field.fieldId]}
            error={showMissing && missing.has(field.fieldId) ? missingText(field) : undefined}
            onChange={(value) => onChange({ ...values, [field.fieldId]: value })}
          />
        ))}
    </Stack>
  );
}

function missingText(field: RequiredField): string {
  if (field.kind === 'number') return `Give a number for ${field.name}.`;
  return field.kind === 'text' || field.kind === 'paragraph'
    ? `Give a value for ${field.name}.`
    : `Choose a value for ${field.name}.`;
}

type RequiredFieldInputProps = {
  field: RequiredField;
  value: string | string[] | undefined;
  error: string | undefined;
  onChange: (value: string | string[]) => void;
};

function RequiredFieldInput({ field, value, error, onChange }: RequiredFieldInputProps) {
  if (field.kind === 'option') {
    return (
      <NativeSelect
        label={field.name}
        error={error}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: '', label: 'Choose…' },
          ...field.allowedValues.map((allowed) => ({ value: allowed.id, label: allowed.name })),
        ]}
      />
    );
  }
  if (field.kind === 'options') {
    return (
      <Checkbox.Group
        label={field.name}
        error={error}
        value={Array.isArray(value) ? value : []}
        onChange={onChange}
      >
        <Stack gap={6} mt={4} mb={6}>
          {field.allowedValues.map((allowed) => (
            <Checkbox key={allowed.id} value={allowed.id} label={allowed.name} />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  }
  const typed = {
    label: field.name,
    error,
    value: typeof value === 'string' ? value : '',
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.kind === 'paragraph') return <Textarea {...typed} rows={4} />;
  return <TextInput {...typed} inputMode={field.kind === 'number' ? 'decimal' : undefined} />;
}
