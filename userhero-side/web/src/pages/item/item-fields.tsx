import { NativeSelect, Stack, TagsInput, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Item, PatchItem } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { priorities, prioritySchema } from '@userhero/shared/domain/priority.ts';
import { englishPriorities } from '@userhero/shared/texts/names-en.ts';
import { changeItemKey, itemQuery, patchItem } from '../../data/items.ts';
import { Moment } from '../../parts/moment.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { statusName } from '../../parts/tag.tsx';

/** Status and priority; a choice is saved at once. */
export function ItemFields({ item, workflow }: { item: Item; workflow: Workflow | undefined }) {
  const client = useQueryClient();
  const key = itemQuery(item.id).queryKey;
  const mutationKey = changeItemKey(item.id);
  const change = useMutation({
    mutationKey,
    // One after the other: a later choice must not be overtaken by an earlier one.
    scope: { id: `change-item-${item.id}` },
    mutationFn: (patch: PatchItem) => patchItem(item.id, patch),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, (shown) => shown && { ...shown, ...patch });
    },
    onSuccess: (saved) => {
      // What is still to be saved is shown already, and this answer does not have it yet.
      if (client.isMutating({ mutationKey }) === 1) client.setQueryData(key, saved);
      void client.invalidateQueries({ queryKey: ['item-activity', item.id] });
      void client.invalidateQueries({ queryKey: ['items', item.workflowId] });
    },
    onError: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <Section title="Details">
      <Stack gap="sm">
        <NativeSelect
          label="Status"
          value={item.status}
          onChange={(event) => change.mutate({ status: event.currentTarget.value })}
          data={
            workflow?.statuses.map((status) => ({ value: status.slug, label: status.name })) ?? [item.status]
          }
        />
        <NativeSelect
          label="Priority"
          value={item.priority}
          onChange={(event) => change.mutate({ priority: prioritySchema.parse(event.currentTarget.value) })}
          data={priorities.map((priority) => ({ value: priority, label: englishPriorities[priority] }))}
        />
        <TagsInput
          label="Labels"
          description="A label has no spaces."
          splitChars={[' ', ',']}
          maxLength={255}
          value={item.labels}
          onChange={(labels) => change.mutate({ labels })}
        />
        {change.error && <ProblemNote problem={change.error.problem} title="Not saved" />}
        <Text size="xs" c="dimmed">
          Changed <Moment at={item.updatedAt} />
        </Text>
        <Text size="xs" c="dimmed">
          Created <Moment at={item.createdAt} />
        </Text>
        <VisuallyHidden role="status">Status {statusName(workflow, item.status)}</VisuallyHidden>
      </Stack>
    </Section>
  );
}
