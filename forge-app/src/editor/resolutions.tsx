import { Inline, Text } from '@forge/react';
import { withResolution } from '@userhero/shared/mapping/edit-mapping.ts';
import { chosenResolution } from '@userhero/shared/mapping/resolution.ts';
import { resolutionChoices, statusesWithResolution } from '@userhero/shared/mapping/resolution-choices.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** For every UserHero status that goes to Done the resolution that Jira may ask for on the way. */
export function Resolutions({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, jira } = names;
  const { resolutions } = texts;
  const rows = statusesWithResolution(names, mapping);
  const isUnread = jira !== null && jira.resolutions === null;
  return (
    <Section title={resolutions.title} lead={isUnread ? resolutions.unread : resolutions.lead}>
      {rows.length === 0 && <Text color="color.text.subtle">{resolutions.noneDone}</Text>}
      <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
        {rows.map(({ slug, name }) => (
          <LabelledSelect
            key={slug}
            id={`resolutions.${slug}`}
            label={resolutions.resolutionFor(name)}
            value={chosenResolution(mapping, slug) ?? ''}
            options={resolutionChoices(names, mapping, slug)}
            fault={faultOf(`resolutions.${slug}`)}
            onChange={(value) => onChange(withResolution(mapping, slug, value || null))}
          />
        ))}
      </Inline>
    </Section>
  );
}
