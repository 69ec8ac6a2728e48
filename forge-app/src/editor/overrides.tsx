import { Box, Button, Inline, Stack, Text } from '@forge/react';
import {
  nextOverridden,
  withNewOverride,
  withOverride,
  withoutOverride,
} from '@userhero/shared/mapping/edit-mapping.ts';
import { overriddenChoices, statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** Exact Jira statuses that always land on one UserHero status. */
export function Overrides({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, workflow, jiraStatuses } = names;
  return (
    <Section title={texts.overrides.title} lead={texts.overrides.lead}>
      <Stack space="space.150" alignInline="start">
        {mapping.overrides.length === 0 && <Text color="color.text.subtle">{texts.overrides.empty}</Text>}
        {mapping.overrides.map((override, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an override is edited in place and has no identity of its own
          <Stack key={index} space="space.100" alignInline="start">
            <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
              <LabelledSelect
                id={`overrides.${index}.jiraStatusId`}
                label={texts.overrides.jiraStatus(index + 1)}
                value={override.jiraStatusId}
                options={overriddenChoices(names, override.jiraStatusId)}
                fault={faultOf(`overrides.${index}.jiraStatusId`) ?? faultOf(`overrides.${index}`)}
                onChange={(jiraStatusId) => onChange(withOverride(mapping, index, { jiraStatusId }))}
              />
              <LabelledSelect
                id={`overrides.${index}.status`}
                label={texts.overrides.status(index + 1)}
                value={override.status}
                options={statusChoices(names)}
                fault={faultOf(`overrides.${index}.status`)}
                onChange={(status) => onChange(withOverride(mapping, index, { status }))}
              />
            </Inline>
            <Button appearance="subtle" onClick={() => onChange(withoutOverride(mapping, index))}>
              {texts.overrides.remove(index + 1)}
            </Button>
          </Stack>
        ))}
        <Box>
          <Button
            onClick={() => onChange(withNewOverride(mapping, workflow, jiraStatuses))}
            isDisabled={nextOverridden(mapping, jiraStatuses) === null}
          >
            {texts.overrides.add}
          </Button>
        </Box>
      </Stack>
    </Section>
  );
}
