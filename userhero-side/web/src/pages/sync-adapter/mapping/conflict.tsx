import { Button, Group, Text } from '@mantine/core';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { Note } from '../../../parts/note.tsx';
import { Person } from '../../../parts/person.tsx';
import { differences } from './describe-mapping.ts';

type ConflictProps = {
  adapterId: string;
  mine: Mapping;
  theirs: MappingDocument;
  workflow: Workflow;
  jiraStatuses: readonly JiraStatus[];
  onResolve: (mapping: Mapping) => void;
};

/** Both versions side by side after somebody else saved first; the person chooses, nothing is lost unseen. */
export function Conflict({ adapterId, mine, theirs, workflow, jiraStatuses, onResolve }: ConflictProps) {
  const lines = differences(mine, theirs.mapping, { workflow, jiraStatuses });
  const title = (
    <>
      <Person who={theirs.updatedBy} adapterId={adapterId} /> saved another mapping meanwhile
    </>
  );
  return (
    <Note tone="warn" title={title} live="assertive">
      {lines.length === 0 ? (
        <Text size="sm">It says the same as yours.</Text>
      ) : (
        <section
          style={{ overflowX: 'auto' }}
          aria-label="Where the two differ"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <table className="uh-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Yours</th>
                <th scope="col">Saved</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.what}>
                  <th scope="row">{line.what}</th>
                  <td>{line.mine}</td>
                  <td>{line.theirs}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Group gap="xs" mt={6}>
        <Button size="xs" variant="default" onClick={() => onResolve(mine)}>
          Keep mine
        </Button>
        <Button size="xs" variant="default" onClick={() => onResolve(theirs.mapping)}>
          Take the saved one
        </Button>
      </Group>
      <Text size="sm">Keeping yours puts it over the saved one when you save again.</Text>
    </Note>
  );
}
