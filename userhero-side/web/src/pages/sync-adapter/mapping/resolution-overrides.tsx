import { Button, NativeSelect, Text } from '@mantine/core';
import {
  nextResolution,
  withNewResolutionOverride,
  withoutResolutionOverride,
  withResolutionOverride,
} from '@userhero/shared/mapping/edit-mapping.ts';
import { statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { overriddenResolutions } from '@userhero/shared/mapping/resolution-choices.ts';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** Resolutions that land on a UserHero status of their own. */
export function ResolutionOverrides({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, workflow, jiraResolutions } = names;
  const words = texts.resolutionOverrides;
  return (
    <MappingPart title={words.title} lead={words.lead}>
      {mapping.resolutionOverrides.length === 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          {words.empty}
        </Text>
      )}
      {mapping.resolutionOverrides.map((override, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an override is edited in place and has no identity of its own
        <div className="uh-map" key={index}>
          <NativeSelect
            aria-label={words.resolution(index + 1)}
            value={override.resolutionId}
            error={faultOf(`resolutionOverrides.${index}.resolutionId`)}
            onChange={(event) =>
              onChange(withResolutionOverride(mapping, index, { resolutionId: event.currentTarget.value }))
            }
            data={overriddenResolutions(names, override.resolutionId)}
          />
          <NativeSelect
            aria-label={words.status(index + 1)}
            value={override.status}
            error={faultOf(`resolutionOverrides.${index}.status`)}
            onChange={(event) =>
              onChange(withResolutionOverride(mapping, index, { status: event.currentTarget.value }))
            }
            data={statusChoices(names)}
          />
          <div>
            <Button
              variant="default"
              size="xs"
              aria-label={words.remove(index + 1)}
              onClick={() => onChange(withoutResolutionOverride(mapping, index))}
            >
              {words.removeShort}
            </Button>
          </div>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() => onChange(withNewResolutionOverride(mapping, workflow, jiraResolutions))}
        disabled={nextResolution(mapping, jiraResolutions) === null}
        mt={4}
      >
        {words.add}
      </Button>
    </MappingPart>
  );
}
