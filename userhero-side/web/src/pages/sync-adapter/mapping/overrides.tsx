import { Button, NativeSelect, Text } from '@mantine/core';
import { categoryNames } from '@userhero/shared/jira/status-category.ts';
import { withOverride } from '@userhero/shared/mapping/edit-mapping.ts';
import type { Override } from '@userhero/shared/mapping/mapping.ts';
import type { MappingPartProps } from './mapping-form.tsx';
import { MappingPart } from './mapping-part.tsx';

/** Exact Jira statuses that always land on one UserHero status. */
export function Overrides({ mapping, workflow, jira, faultOf, onChange }: MappingPartProps) {
  const statuses = jira?.statuses ?? [];
  const setOverrides = (overrides: Override[]): void => onChange({ ...mapping, overrides });
  const change = (index: number, part: Partial<Override>): void =>
    onChange(withOverride(mapping, index, part));
  const unused = statuses.find(
    (status) => !mapping.overrides.some((entry) => entry.jiraStatusId === status.id),
  );
  const add = (): void => {
    if (!unused) return;
    const landing = unused.category === null ? null : mapping.inbound[unused.category].status;
    const status = landing ?? workflow.statuses[0]?.slug ?? '';
    setOverrides([...mapping.overrides, { jiraStatusId: unused.id, status }]);
  };
  return (
    <MappingPart
      title="Overrides"
      lead="An exact Jira status that always lands on one status, whatever its category."
    >
      {mapping.overrides.length === 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          None. The categories decide.
        </Text>
      )}
      {mapping.overrides.map((override, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an override is edited in place and has no identity of its own
        <div className="uh-map" key={index}>
          <NativeSelect
            aria-label={`Jira status of override ${index + 1}`}
            value={override.jiraStatusId}
            error={faultOf(`overrides.${index}.jiraStatusId`) ?? faultOf(`overrides.${index}`)}
            onChange={(event) => change(index, { jiraStatusId: event.currentTarget.value })}
            data={[
              ...statuses.map((status) => ({
                value: status.id,
                label: `${status.name} (${status.category ? categoryNames[status.category] : 'No Category'})`,
              })),
              ...(statuses.some((status) => status.id === override.jiraStatusId)
                ? []
                : [{ value: override.jiraStatusId, label: `Status ${override.jiraStatusId}` }]),
            ]}
          />
          <NativeSelect
            aria-label={`UserHero status of override ${index + 1}`}
            value={override.status}
            error={faultOf(`overrides.${index}.status`)}
            onChange={(event) => change(index, { status: event.currentTarget.value })}
            data={workflow.statuses.map((status) => ({ value: status.slug, label: status.name }))}
          />
          <div>
            <Button
              variant="default"
              size="xs"
              aria-label={`Remove override ${index + 1}`}
              onClick={() => setOverrides(mapping.overrides.filter((_, at) => at !== index))}
            >
              Remove
            </Button>
          </div>
        </div>
      ))}
      <Button variant="default" size="xs" onClick={add} disabled={!unused} mt={4}>
        Add override
      </Button>
    </MappingPart>
  );
}
