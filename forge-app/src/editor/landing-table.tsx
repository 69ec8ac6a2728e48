import { Lozenge } from '@forge/react';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { categoryName, statusName } from '@userhero/shared/mapping/mapping-names.ts';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { landingOf } from './landing.ts';
import type { Names } from './names.ts';

/** Where an item lands for each Jira status, computed by the code that the service uses. */
export function LandingTable({ mapping, names }: { mapping: Mapping; names: Names }) {
  const { texts, workflow, jira } = names;
  const { landing } = texts;
  const row = (jiraStatus: JiraStatus) => {
    const { status, rule } = landingOf(mapping, workflow, jiraStatus);
    const lands =
      status === null ? <Lozenge appearance="moved">{landing.nothing}</Lozenge> : statusName(names, status);
    const category = categoryName(names, jiraStatus.category);
    return { key: jiraStatus.id, cells: [jiraStatus.name, category, lands, texts.rules[rule]] };
  };
  if (!jira) return null;
  return (
    <Section title={landing.title} lead={landing.lead}>
      <Table
        label={landing.title}
        columns={[landing.jiraStatus, landing.category, landing.lands, landing.why]}
        rows={jira.statuses.map(row)}
      />
    </Section>
  );
}
