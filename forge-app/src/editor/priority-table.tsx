import { Inline, Text } from '@forge/react';
import { type Priority, priorities } from '@userhero/shared/domain/priority.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './mapping-editor.tsx';

/** The Jira priority of every UserHero priority. */
export function PriorityTable({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, current } = names;
  const known = (current.jira?.priorities ?? []).map(({ name }) => name);
  const change = (priority: Priority, name: string): void =>
    onChange({ ...mapping, priorities: { ...mapping.priorities, [priority]: name } });
  return (
    <Section title={texts.priority.title} lead={texts.priority.lead}>
      {current.jira !== null && current.jira.priorities === null && (
        <Text color="color.text.subtle">{texts.priority.notOnScreen}</Text>
      )}
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
            onChange={(name) => change(priority, name)}
          />
        ))}
      </Inline>
    </Section>
  );
}
