import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { priorities } from '@userhero/shared/domain/priority.ts';
import { englishPriorities } from '@userhero/shared/texts/names-en.ts';
import type { ItemFilter } from '../../data/items.ts';
import { SearchIcon } from '../../parts/icons.tsx';

type ItemFiltersProps = { workflow: Workflow; filter: ItemFilter; onChange: (filter: ItemFilter) => void };

/** What the list is narrowed to. */
export function ItemFilters({ workflow, filter, onChange }: ItemFiltersProps) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm" mb="md" role="search" aria-label="Filter items">
      <TextInput
        label="Search"
        type="search"
        placeholder="Title or text"
        leftSection={<SearchIcon size={16} />}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
      />
      <NativeSelect
        label="Status"
        value={filter.status}
        onChange={(event) => onChange({ ...filter, status: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any' },
          ...workflow.statuses.map((status) => ({ value: status.slug, label: status.name })),
        ]}
      />
      <NativeSelect
        label="Priority"
        value={filter.priority}
        onChange={(event) => onChange({ ...filter, priority: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any' },
          ...priorities.map((priority) => ({ value: priority, label: englishPriorities[priority] })),
        ]}
      />
      <TextInput
        label="Label"
        placeholder="A whole label"
        value={filter.label}
        onChange={(event) => onChange({ ...filter, label: event.currentTarget.value.trim() })}
      />
      <NativeSelect
        label="In Jira"
        value={filter.pushed}
        onChange={(event) => onChange({ ...filter, pushed: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any' },
          { value: 'yes', label: 'Pushed' },
          { value: 'no', label: 'Not pushed' },
        ]}
      />
    </SimpleGrid>
  );
}
