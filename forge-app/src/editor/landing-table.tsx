import { Lozenge } from '@forge/react';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { categoryName, statusName } from '@userhero/shared/mapping/mapping-names.ts';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { landingsOf } from './landing.ts';
import type { Names } from './names.ts';

/** Where an item lands for each Jira status, and for each resolution that changes it; computed by the code that the service uses. */
export function LandingTable({ mapping, names }: { mapping: Mapping; names: Names }) {
  const { texts, workflow, jira } = names;
  const { landing } = texts;
  if (!jira) return null;
  const landings = jira.statuses.flatMap((one) => landingsOf(mapping, workflow, one, names.jiraResolutions));
  const nothing = <Lozenge appearance="moved">{landing.nothing}</Lozenge>;
  const rows = landings.map(({ jiraStatus, resolution, status, rule }) => {
    const { id, name, category } = jiraStatus;
    const lands = status === null ? nothing : statusName(names, status);
    const what = resolution === null ? name : landing.withResolution(name, resolution.name);
    return {
      key: `${id}/${resolution?.id ?? ''}`,
      cells: [what, categoryName(names, category), lands, texts.rules[rule]],
    };
  });
  return (
    <Section title={landing.title} lead={landing.lead}>
      <Table
        label={landing.title}
        columns={[landing.jiraStatus, landing.category, landing.lands, landing.why]}
        rows={rows}
      />
    </Section>
  );
}
