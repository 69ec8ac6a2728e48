import { Box, Button, Inline, Stack, Text } from '@forge/react';
import { statusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import type { OverrideList } from '@userhero/shared/mapping/override-list.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

type OverridesProps = Omit<PartProps, 'mapping'> & { list: OverrideList };

/** What of Jira's always lands on one UserHero status. */
export function Overrides({ list: { texts, rows, added }, names, faultOf, onChange }: OverridesProps) {
  return (
    <Section title={texts.title} lead={texts.lead}>
      <Stack space="space.150" alignInline="start">
        {rows.length === 0 && <Text color="color.text.subtle">{texts.empty}</Text>}
        {rows.map(({ field, overridden, status, ...row }, index) => (
          <Stack key={field} space="space.100" alignInline="start">
            <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
              <LabelledSelect
                id={overridden.field}
                label={texts.overridden(index + 1)}
                value={overridden.id}
                options={overridden.choices}
                fault={faultOf(overridden.field) ?? faultOf(field)}
                onChange={(id) => onChange(row.withOverridden(id))}
              />
              <LabelledSelect
                id={status.field}
                label={texts.status(index + 1)}
                value={status.slug}
                options={statusChoices(names)}
                fault={faultOf(status.field)}
                onChange={(slug) => onChange(row.withStatus(slug))}
              />
            </Inline>
            <Button appearance="subtle" onClick={() => onChange(row.removed())}>
              {texts.remove(index + 1)}
            </Button>
          </Stack>
        ))}
        <Box>
          <Button onClick={() => added && onChange(added)} isDisabled={added === null}>
            {texts.add}
          </Button>
        </Box>
      </Stack>
    </Section>
  );
}
