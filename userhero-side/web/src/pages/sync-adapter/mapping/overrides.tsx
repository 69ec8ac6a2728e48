import { Button, NativeSelect, Text } from '@mantine/core';
import { statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import type { OverrideList } from '@userhero/shared/mapping/override-list.ts';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

type OverridesProps = Omit<PartProps, 'mapping'> & { list: OverrideList };

/** What of Jira's always lands on one UserHero status. */
export function Overrides({ list: { texts, rows, added }, names, faultOf, onChange }: OverridesProps) {
  return (
    <MappingPart title={texts.title} lead={texts.lead}>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          {texts.empty}
        </Text>
      )}
      {rows.map(({ field, overridden, status, ...row }, index) => (
        <div className="uh-map" key={field}>
          <NativeSelect
            aria-label={texts.overridden(index + 1)}
            value={overridden.id}
            error={faultOf(overridden.field) ?? faultOf(field)}
            onChange={(event) => onChange(row.withOverridden(event.currentTarget.value))}
            data={[...overridden.choices]}
          />
          <NativeSelect
            aria-label={texts.status(index + 1)}
            value={status.slug}
            error={faultOf(status.field)}
            onChange={(event) => onChange(row.withStatus(event.currentTarget.value))}
            data={statusChoices(names)}
          />
          <div>
            <Button
              variant="default"
              size="xs"
              aria-label={texts.remove(index + 1)}
              onClick={() => onChange(row.removed())}
            >
              {texts.removeShort}
            </Button>
          </div>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() => added && onChange(added)}
        disabled={added === null}
        mt={4}
      >
        {texts.add}
      </Button>
    </MappingPart>
  );
}
