import { Button, NativeSelect, Text } from '@mantine/core';
import {
  nextOverridden,
  withNewOverride,
  withOverride,
  withoutOverride,
} from '@userhero/shared/mapping/edit-mapping.ts';
import { overriddenChoices, statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** Exact Jira statuses that always land on one UserHero status. */
export function Overrides({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, workflow, jiraStatuses } = names;
  const { overrides } = texts;
  return (
    <MappingPart title={overrides.title} lead={overrides.lead}>
      {mapping.overrides.length === 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          {overrides.empty}
        </Text>
      )}
      {mapping.overrides.map((override, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an override is edited in place and has no identity of its own
        <div className="uh-map" key={index}>
          <NativeSelect
            aria-label={overrides.jiraStatus(index + 1)}
            value={override.jiraStatusId}
            error={faultOf(`overrides.${index}.jiraStatusId`) ?? faultOf(`overrides.${index}`)}
            onChange={(event) =>
              onChange(withOverride(mapping, index, { jiraStatusId: event.currentTarget.value }))
            }
            data={overriddenChoices(names, override.jiraStatusId)}
          />
          <NativeSelect
            aria-label={overrides.status(index + 1)}
            value={override.status}
            error={faultOf(`overrides.${index}.status`)}
            onChange={(event) =>
              onChange(withOverride(mapping, index, { status: event.currentTarget.value }))
            }
            data={statusChoices(names)}
          />
          <div>
            <Button
              variant="default"
              size="xs"
              aria-label={overrides.remove(index + 1)}
              onClick={() => onChange(withoutOverride(mapping, index))}
            >
              {overrides.removeShort}
            </Button>
          </div>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() => onChange(withNewOverride(mapping, workflow, jiraStatuses))}
        disabled={nextOverridden(mapping, jiraStatuses) === null}
        mt={4}
      >
        {overrides.add}
      </Button>
    </MappingPart>
  );
}
