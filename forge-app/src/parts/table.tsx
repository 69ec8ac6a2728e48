import { DynamicTable, Text } from '@forge/react';
import type { ReactNode } from 'react';

type TableProps = {
  label: string;
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
};

/** A plain table; texts become `Text`, which is what Forge's tables take in a cell. */
export function Table({ label, columns, rows }: TableProps) {
  const content = (cell: ReactNode) => (typeof cell === 'string' ? <Text>{cell}</Text> : cell);
  return (
    <DynamicTable
      label={label}
      head={{ cells: columns.map((column) => ({ key: column, content: column })) }}
      rows={rows.map(({ key, cells }) => ({
        key,
        cells: cells.map((cell, at) => ({ key: columns[at] ?? String(at), content: content(cell) })),
      }))}
    />
  );
}
