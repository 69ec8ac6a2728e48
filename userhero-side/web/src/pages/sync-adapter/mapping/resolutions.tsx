import { NativeSelect, Text } from '@mantine/core';
import { withResolution } from '@userhero/shared/mapping/edit-mapping.ts';
import { chosenResolution } from '@userhero/shared/mapping/resolution.ts';
import { resolutionChoices, statusesWithResolution } from '@userhero/shared/mapping/resolution-choices.ts';
import { StatusLabel } from '../../../parts/tag.tsx';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** For every UserHero status that goes to Done the resolution that Jira may ask for on the way. */
export function Resolutions({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, workflow, jira } = names;
  const { resolutions } = texts;
  const rows = statusesWithResolution(names, mapping);
  const isUnread = jira !== null && jira.resolutions === null;
  return (
    <MappingPart title={resolutions.title} lead={isUnread ? resolutions.unread : resolutions.lead}>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {resolutions.noneDone}
        </Text>
      )}
      {rows.map(({ slug, name }) => (
        <div className="uh-map" key={slug}>
          <StatusLabel workflow={workflow} slug={slug} />
          <NativeSelect
            aria-label={resolutions.resolutionFor(name)}
            value={chosenResolution(mapping, slug) ?? ''}
            error={faultOf(`resolutions.${slug}`)}
            onChange={(event) => onChange(withResolution(mapping, slug, event.currentTarget.value || null))}
            data={resolutionChoices(names, mapping, slug)}
          />
        </div>
      ))}
    </MappingPart>
  );
}
