import { Inline, Text } from '@forge/react';
import { priorities } from '@userhero/shared/domain/priority.ts';
import { withPriority } from '@userhero/shared/mapping/edit-mapping.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** The Jira priority of every UserHero priority. */
export function PriorityTable({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, jira } = names;
  const known = (jira?.priorities ?? []).map(({ name }) => name);
  return (
    <Section title={texts.priority.title} lead={texts.priority.lead}>
      {jira?.priorities === null && <Text color="color.text.subtle">{texts.priority.notOnScreen}</Text>}
      <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
        {priorities.map((priority) => (
          <LabelledSelect
            key={priority}
            id={`priorities.${priority}`}
            label={texts.priority.jiraFor(texts.priorities[priority])}
            value={mapping.priorities[priority]}
            options={[...new Set([...known, mapping.priorities[priority]])].map((name) => ({
              value: name,
              label: name,
            }))}
            fault={faultOf(`priorities.${priority}`)}
            isDisabled={known.length === 0}
            onChange={(name) => onChange(withPriority(mapping, priority, name))}
          />
        ))}
      </Inline>
    </Section>
  );
}
