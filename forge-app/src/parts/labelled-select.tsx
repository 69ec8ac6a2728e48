import { Box, ErrorMessage, Label, Select, Stack, xcss } from '@forge/react';

export type Option = { value: string; label: string };

type LabelledSelectProps = {
  id: string;
  label: string;
  value: string;
  options: readonly Option[];
  fault?: string | undefined;
  isDisabled?: boolean;
  onChange: (value: string) => void;
};

const width = xcss({ width: '260px', maxWidth: '100%' });

/** A choice with its label above and what is wrong with it below. */
export function LabelledSelect({
  id,
  label,
  value,
  options,
  fault,
  isDisabled,
  onChange,
}: LabelledSelectProps) {
  return (
    <Box xcss={width}>
      <Stack>
        <Label labelFor={id}>{label}</Label>
        <Select
          inputId={id}
          name={id}
          value={options.find((option) => option.value === value) ?? null}
          options={[...options]}
          isInvalid={fault !== undefined}
          isDisabled={isDisabled ?? false}
          onChange={(option: Option | null) => option && onChange(option.value)}
        />
        {fault !== undefined && <ErrorMessage>{fault}</ErrorMessage>}
      </Stack>
    </Box>
  );
}
