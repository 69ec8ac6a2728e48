import { Button, Group, Text } from '@mantine/core';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { mappingDifferences } from '@userhero/shared/mapping/mapping-differences.ts';
import type { MappingNames } from '@userhero/shared/mapping/mapping-names.ts';
import { Note } from '../../../parts/note.tsx';
import { Person } from '../../../parts/person.tsx';

type ConflictProps = {
  adapterId: string;
  mine: Mapping;
  theirs: MappingDocument;
  names: MappingNames;
  onResolve: (keep: 'mine' | 'theirs') => void;
};

/** Both versions side by side after somebody else saved first; the person chooses, nothing is lost unseen. */
export function Conflict({ adapterId, mine, theirs, names, onResolve }: ConflictProps) {
  const { conflict } = names.texts;
  const lines = mappingDifferences(mine, theirs.mapping, names);
  const title = (
    <>
      <Person who={theirs.updatedBy} adapterId={adapterId} /> {conflict.saved}
    </>
  );
  return (
    <Note tone="warn" title={title} live="assertive">
      {lines.length === 0 ? (
        <Text size="sm">{conflict.same}</Text>
      ) : (
        <section
          style={{ overflowX: 'auto' }}
          aria-label={conflict.differences}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <table className="uh-table">
            <thead>
              <tr>
                <th scope="col">{conflict.what}</th>
                <th scope="col">{conflict.mine}</th>
                <th scope="col">{conflict.theirs}</th>
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
        <Button size="xs" variant="default" onClick={() => onResolve('mine')}>
          {conflict.keepMine}
        </Button>
        <Button size="xs" variant="default" onClick={() => onResolve('theirs')}>
          {conflict.takeTheirs}
        </Button>
      </Group>
      <Text size="sm">{conflict.text}</Text>
    </Note>
  );
}
