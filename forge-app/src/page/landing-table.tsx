import { Lozenge } from '@forge/react';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { decideInbound } from '@userhero/shared/mapping/inbound.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { categoryName, type Names, statusName } from './names.ts';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

/** Where an item lands for each Jira status, computed by the code that the service uses. */
export function LandingTable({ mapping, names }: { mapping: Mapping; names: Names }) {
  const { texts, current } = names;
  const { landing } = texts;
  const row = (jiraStatus: JiraStatus) => {
    // No present status: what an item that is elsewhere would become.
    const { workflow } = current;
    const decision = decideInbound({ mapping, workflow, currentStatus: '', jiraStatus, known: null });
    const lands =
      decision.rule === 'unmapped' ? (
        <Lozenge appearance="moved">{landing.nothing}</Lozenge>
      ) : (
        statusName(names, decision.status)
      );
    const category = categoryName(names, jiraStatus.category);
    return { key: jiraStatus.id, cells: [jiraStatus.name, category, lands, texts.rules[decision.rule]] };
  };
  if (!current.jira) return null;
  return (
    <Section title={landing.title} lead={landing.lead}>
      <Table
        label={landing.title}
        columns={[landing.jiraStatus, landing.category, landing.lands, landing.why]}
        rows={current.jira.statuses.map(row)}
      />
    </Section>
  );
}
