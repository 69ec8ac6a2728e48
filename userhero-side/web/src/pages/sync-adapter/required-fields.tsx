import { Stack, Text } from '@mantine/core';
import type { RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { whyUnsupported } from '@userhero/shared/jira/field-value.ts';
import { Note } from '../../parts/note.tsx';
import { type FixedValues, readFixedValues } from './fixed-values.ts';
import type { JiraPlace } from './people-input.tsx';
import { RequiredFieldInput } from './required-field-input.tsx';

type RequiredFieldsProps = {
  fields: readonly RequiredField[];
  place: JiraPlace;
  values: FixedValues;
  onChange: (values: FixedValues) => void;
  showProblems: boolean;
};

/** Fixed values for the fields that Jira requires and UserHero does not have. */
export function RequiredFields({ fields, place, values, onChange, showProblems }: RequiredFieldsProps) {
  const unsupported = fields.filter((field) => field.kind === 'unsupported');
  const { problems } = readFixedValues(fields, values);
  return (
    <Stack gap="md" component="fieldset" style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" c="dimmed" p={0} mb="xs">
        Jira requires these fields for this issue type. Every new issue gets the value that you give here.
      </Text>
      {unsupported.length > 0 && (
        <Note tone="bad" title="This issue type cannot be used yet" live="polite">
          {unsupported.map((field) => (
            <Text key={field.fieldId} size="sm">
              {whyUnsupported(field)}
            </Text>
          ))}
        </Note>
      )}
      {fields
        .filter((field) => field.kind !== 'unsupported')
        .map((field) => (
          <RequiredFieldInput
            key={field.fieldId}
            field={field}
            place={place}
            value={values[field.fieldId]}
            error={showProblems ? problems[field.fieldId] : undefined}
            onChange={(value) => onChange({ ...values, [field.fieldId]: value })}
          />
        ))}
    </Stack>
  );
}
