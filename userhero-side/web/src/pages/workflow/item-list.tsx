import { Anchor, Checkbox, Group, Text } from '@mantine/core';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { Link } from 'react-router';
import { Moment } from '../../parts/moment.tsx';
import { ReferenceLink, ReferenceStateTag } from '../../parts/reference-link.tsx';
import { PriorityTag, StatusLabel, Tag } from '../../parts/tag.tsx';

type ItemListProps = {
  workflow: Workflow;
  items: Item[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
};

/** The items as a table, on a phone as cards. */
export function ItemList(props: ItemListProps) {
  return (
    <>
      <div className="uh-only-wide">
        <ItemTable {...props} />
      </div>
      <div className="uh-only-narrow">
        <ItemCards {...props} />
      </div>
    </>
  );
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

function SelectAll({
  items,
  selected,
  onSelect,
  label,
}: Omit<ItemListProps, 'workflow'> & { label?: string }) {
  const count = items.filter((item) => selected.has(item.id)).length;
  const all = count === items.length;
  return (
    <Checkbox
      aria-label={label === undefined ? 'Select all items shown' : undefined}
      label={label}
      checked={all}
      indeterminate={count > 0 && !all}
      onChange={() => onSelect(all ? new Set() : new Set(items.map((item) => item.id)))}
    />
  );
}

function ItemTable({ workflow, items, selected, onSelect }: ItemListProps) {
  return (
    <table className="uh-table" data-hover>
      <thead>
        <tr>
          <th scope="col" style={{ width: 44 }}>
            <SelectAll items={items} selected={selected} onSelect={onSelect} />
          </th>
          <th scope="col">Title</th>
          <th scope="col">Status</th>
          <th scope="col">Priority</th>
          <th scope="col">External Reference</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td>
              <Checkbox
                aria-label={`Select ${item.title}`}
                checked={selected.has(item.id)}
                onChange={() => onSelect(toggled(selected, item.id))}
              />
            </td>
            <td>
              <Anchor component={Link} to={`/items/${item.id}`} c="inherit" fw={550} lineClamp={2} fz="sm">
                {item.title}
              </Anchor>
            </td>
            <td>
              <StatusLabel workflow={workflow} slug={item.status} />
            </td>
            <td>
              <PriorityTag priority={item.priority} />
            </td>
            <td>
              <Reference item={item} />
            </td>
            <td style={{ whiteSpace: 'nowrap' }}>
              <Text size="sm" c="dimmed" span>
                <Moment at={item.updatedAt} />
              </Text>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ItemCards({ workflow, items, selected, onSelect }: ItemListProps) {
  return (
    <div style={{ padding: 14 }}>
      <SelectAll items={items} selected={selected} onSelect={onSelect} label="Select all" />
      <ul className="uh-cards" style={{ marginTop: 12 }}>
        {items.map((item) => (
          <li key={item.id} style={{ borderTop: '1px solid var(--uh-line)', paddingTop: 12 }}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Checkbox
                aria-label={`Select ${item.title}`}
                checked={selected.has(item.id)}
                onChange={() => onSelect(toggled(selected, item.id))}
                mt={2}
              />
              <div style={{ minWidth: 0, flex: 1 }}>
                <Anchor component={Link} to={`/items/${item.id}`} c="inherit" fw={550} fz="sm">
                  {item.title}
                </Anchor>
                <Group gap={10} mt={6} fz="sm">
                  <StatusLabel workflow={workflow} slug={item.status} />
                  <PriorityTag priority={item.priority} />
                  <Reference item={item} />
                </Group>
              </div>
            </Group>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Reference({ item }: { item: Item }) {
  const reference = item.externalReferences[0];
  if (reference) {
    return (
      <Group gap={8} component="span">
        <ReferenceLink reference={reference} />
        {reference.state !== 'active' && <ReferenceStateTag state={reference.state} />}
      </Group>
    );
  }
  if (item.latestPush?.state === 'failed') return <Tag tone="bad">Push failed</Tag>;
  if (item.latestPush?.state === 'pending' || item.latestPush?.state === 'running') {
    return <Tag tone="info">Pushing…</Tag>;
  }
  return (
    <Text span size="sm" c="dimmed">
      Not pushed
    </Text>
  );
}
