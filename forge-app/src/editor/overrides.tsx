import { Box, Button, Inline, Stack, Text } from '@forge/react';
import { withOverride } from '@userhero/shared/mapping/edit-mapping.ts';
import { LabelledSelect, type Option } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './mapping-editor.tsx';
import { categoryName, jiraStatusName, type Names } from './names.ts';

/** Exact Jira statuses that always land on one UserHero status. */
export function Overrides({ mapping, names, faultOf, onChange }: PartProps) {
  const { texts, current } = names;
  const statuses = current.jira?.statuses ?? [];
  const unused = statuses.find(({ id }) => !mapping.overrides.some((entry) => entry.jiraStatusId === id));
  const add = (): void => {
    if (!unused) return;
    const landing = unused.category === null ? null : mapping.inbound[unused.category].status;
    const status = landing ?? current.workflow.statuses[0]?.slug ?? '';
    onChange({ ...mapping, overrides: [...mapping.overrides, { jiraStatusId: unused.id, status }] });
  };
  const remove = (index: number): void =>
    onChange({ ...mapping, overrides: mapping.overrides.filter((_, at) => at !== index) });
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
                options={jiraOptions(names, override.jiraStatusId)}
                fault={faultOf(`overrides.${index}.jiraStatusId`) ?? faultOf(`overrides.${index}`)}
                onChange={(jiraStatusId) => onChange(withOverride(mapping, index, { jiraStatusId }))}
              />
              <LabelledSelect
                id={`overrides.${index}.status`}
                label={texts.overrides.status(index + 1)}
                value={override.status}
                options={current.workflow.statuses.map((one) => ({ value: one.slug, label: one.name }))}
                fault={faultOf(`overrides.${index}.status`)}
                onChange={(status) => onChange(withOverride(mapping, index, { status }))}
              />
            </Inline>
            <Button appearance="subtle" onClick={() => remove(index)}>
              {texts.overrides.remove(index + 1)}
            </Button>
          </Stack>
        ))}
        <Box>
          <Button onClick={add} isDisabled={!unused}>
            {texts.overrides.add}
          </Button>
        </Box>
      </Stack>
    </Section>
  );
}

function jiraOptions(names: Names, chosen: string): Option[] {
  const statuses = names.current.jira?.statuses ?? [];
  const options = statuses.map((one) => ({
    value: one.id,
    label: `${one.name} (${categoryName(names, one.category)})`,
  }));
  if (statuses.some((one) => one.id === chosen)) return options;
  return [...options, { value: chosen, label: jiraStatusName(names, chosen) }];
}
