import { Box, Button, Inline, Stack, Text } from '@forge/react';
import {
  nextResolution,
  withNewResolutionOverride,
  withoutResolutionOverride,
  withResolutionOverride,
} from '@userhero/shared/mapping/edit-mapping.ts';
import { statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { overriddenResolutions } from '@userhero/shared/mapping/resolution-choices.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** Resolutions that land on a UserHero status of their own. */
export function ResolutionOverrides({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, workflow, jiraResolutions } = names;
  const words = texts.resolutionOverrides;
  return (
    <Section title={words.title} lead={words.lead}>
      <Stack space="space.150" alignInline="start">
        {mapping.resolutionOverrides.length === 0 && <Text color="color.text.subtle">{words.empty}</Text>}
        {mapping.resolutionOverrides.map((override, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an override is edited in place and has no identity of its own
          <Stack key={index} space="space.100" alignInline="start">
            <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
              <LabelledSelect
                id={`resolutionOverrides.${index}.resolutionId`}
                label={words.resolution(index + 1)}
                value={override.resolutionId}
                options={overriddenResolutions(names, override.resolutionId)}
                fault={faultOf(`resolutionOverrides.${index}.resolutionId`)}
                onChange={(resolutionId) =>
                  onChange(withResolutionOverride(mapping, index, { resolutionId }))
                }
              />
              <LabelledSelect
                id={`resolutionOverrides.${index}.status`}
                label={words.status(index + 1)}
                value={override.status}
                options={statusChoices(names)}
                fault={faultOf(`resolutionOverrides.${index}.status`)}
                onChange={(status) => onChange(withResolutionOverride(mapping, index, { status }))}
              />
            </Inline>
            <Button appearance="subtle" onClick={() => onChange(withoutResolutionOverride(mapping, index))}>
              {words.remove(index + 1)}
            </Button>
          </Stack>
        ))}
        <Box>
          <Button
            onClick={() => onChange(withNewResolutionOverride(mapping, workflow, jiraResolutions))}
            isDisabled={nextResolution(mapping, jiraResolutions) === null}
          >
            {words.add}
          </Button>
        </Box>
      </Stack>
    </Section>
  );
}
