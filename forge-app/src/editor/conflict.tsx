import { Box, Button, ButtonGroup, SectionMessage, Stack, Text } from '@forge/react';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { mappingDifferences } from '@userhero/shared/mapping/mapping-differences.ts';
import { personName } from '../parts/person.tsx';
import { Table } from '../parts/table.tsx';
import type { Names } from './names.ts';

type ConflictProps = {
  mine: Mapping;
  theirs: MappingDocument;
  names: Names;
  onResolve: (keep: 'mine' | 'theirs') => void;
};

/** Both versions side by side after somebody else saved first; the person chooses, nothing is lost unseen. */
export function Conflict({ mine, theirs, names, onResolve }: ConflictProps) {
  const { conflict } = names.texts;
  const title = `${personName(names.page, theirs.updatedBy)} ${conflict.saved}`;
  const lines = mappingDifferences(mine, theirs.mapping, names);
  return (
    <Stack space="space.150">
      <SectionMessage appearance="warning" title={title}>
        <Text>{lines.length === 0 ? conflict.same : conflict.text}</Text>
      </SectionMessage>
      {lines.length > 0 && (
        <Table
          label={title}
          columns={[conflict.what, conflict.mine, conflict.theirs]}
          rows={lines.map((line) => ({ key: line.what, cells: [line.what, line.mine, line.theirs] }))}
        />
      )}
      <Box>
        <ButtonGroup label={title}>
          <Button onClick={() => onResolve('mine')}>{conflict.keepMine}</Button>
          <Button onClick={() => onResolve('theirs')}>{conflict.takeTheirs}</Button>
        </ButtonGroup>
      </Box>
    </Stack>
  );
}
