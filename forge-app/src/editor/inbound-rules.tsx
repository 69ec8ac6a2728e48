import { Checkbox, SectionMessage, Stack, Text } from '@forge/react';
import { type CategoryKey, categoryKeys } from '@userhero/shared/jira/status-category.ts';
import { withLanding } from '@userhero/shared/mapping/edit-mapping.ts';
import { landingChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { categoryName } from '@userhero/shared/mapping/mapping-names.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** For every category the UserHero status that a change in Jira lands on. */
export function InboundRules(props: PartProps) {
  const { texts, workflow } = props.names;
  return (
    <Section title={texts.inbound.title} lead={texts.inbound.lead}>
      <Stack space="space.150">
        {categoryKeys.map((category) => (
          <InboundRow key={category} category={category} {...props} />
        ))}
        {workflow.kind === 'leads' && (
          <SectionMessage appearance="information" title={texts.inbound.lostTitle}>
            <Text>{texts.inbound.lostText}</Text>
          </SectionMessage>
        )}
      </Stack>
    </Section>
  );
}

function InboundRow({ category, mapping, names, faultOf, onChange }: PartProps & { category: CategoryKey }) {
  const { texts } = names;
  const rule = mapping.inbound[category];
  const choices = landingChoices(names, mapping, category);
  const name = categoryName(names, category);
  const field = `inbound.${category}.status`;
  return (
    <Stack space="space.050">
      <Text weight="semibold">{name}</Text>
      {choices.length === 0 ? (
        <Text color="color.text.subtle">{texts.inbound.none}</Text>
      ) : (
        <>
          <LabelledSelect
            id={field}
            label={texts.inbound.landsFor(name)}
            value={rule.status ?? ''}
            options={choices}
            fault={faultOf(field)}
            onChange={(status) => onChange(withLanding(mapping, category, { status }))}
          />
          <Checkbox
            id={`inbound.${category}.byName`}
            name={`inbound.${category}.byName`}
            label={texts.inbound.byNameFor(name)}
            isChecked={rule.byName}
            onChange={() => onChange(withLanding(mapping, category, { byName: !rule.byName }))}
          />
        </>
      )}
    </Stack>
  );
}
