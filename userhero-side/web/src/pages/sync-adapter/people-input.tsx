import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { jiraPeopleQuery, jiraPersonQuery } from '../../data/adapters.ts';

const typingPauseMs = 200;

/** Where people are searched for. */
export type JiraPlace = { adapterId: string; projectId: string };

type PeopleInputProps = {
  label: string;
  error: string | undefined;
  place: JiraPlace;
  several: boolean;
  /** Account ids. */
  value: string[];
  onChange: (value: string[] | string) => void;
};

/** Searches the people of the Jira project by the beginning of their names. */
export function PeopleInput({ label, error, place, several, value, onChange }: PeopleInputProps) {
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed, typingPauseMs);
  const found = useQuery(jiraPeopleQuery(place, query));
  // Those chosen before are not among what is found; Jira is asked for their names.
  const chosen = useQueries({ queries: value.map((id) => jiraPersonQuery(place.adapterId, id)) });
  const names = new Map(found.data?.items.map(({ accountId, name }) => [accountId, name]));
  for (const [index, id] of value.entries()) names.set(id, chosen[index]?.data?.name ?? names.get(id) ?? id);
  const common = {
    label,
    error,
    placeholder: value.length === 0 ? 'Search by name' : undefined,
    searchable: true,
    searchValue: typed,
    onSearchChange: setTyped,
    data: [...names].map(([id, name]) => ({ value: id, label: name })),
    nothingFoundMessage: found.isFetching ? 'Searching…' : 'Nobody found in this Jira project.',
    comboboxProps: { shadow: 'md' },
    maxDropdownHeight: 280,
  } as const;
  return several ? (
    <MultiSelect {...common} value={value} onChange={onChange} />
  ) : (
    <Select {...common} value={value[0] ?? null} onChange={(id) => onChange(id ?? '')} />
  );
}
