import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createItemSchema } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { priorities } from '@userhero/shared/domain/priority.ts';
import { englishPriorities } from '@userhero/shared/texts/names-en.ts';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { createItem } from '../../data/items.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';

type NewItemDialogProps = { workflow: Workflow; open: boolean; onClose: () => void };

/** Creates an item and opens it. */
export function NewItemDialog({ workflow, open, onClose }: NewItemDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="New item" size="lg">
      <NewItemForm workflow={workflow} onClose={onClose} />
    </Dialog>
  );
}

function NewItemForm({ workflow, onClose }: Omit<NewItemDialogProps, 'open'>) {
  const [form, setForm] = useState({
    title: '',
    description: '',
    status: workflow.statuses[0]?.slug ?? '',
    priority: 'medium',
  });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: (input: Parameters<typeof createItem>[1]) => createItem(workflow.id, input),
    onSuccess: (item) => {
      void client.invalidateQueries({ queryKey: ['items', workflow.id] });
      void client.invalidateQueries({ queryKey: ['project', workflow.projectId] });
      navigate(`/items/${item.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = createItemSchema.safeParse(form);
    if (parsed.success) {
      setFaults({});
      create.mutate(parsed.data);
    } else {
      setFaults(
        Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])),
      );
    }
  };
  const serverFaults = Object.fromEntries(
    (create.error?.problem.errors ?? []).map((fault) => [fault.field, fault.message]),
  );
  const fault = (field: string): string | undefined => faults[field] ?? serverFaults[field];

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {create.error && <ProblemNote problem={create.error.problem} />}
        <TextInput
          label="Title"
          data-autofocus
          value={form.title}
          error={fault('title')}
          onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
        />
        <Textarea
          label="Description"
          description="Markdown works: headings, lists, links, code."
          autosize
          minRows={5}
          maxRows={14}
          value={form.description}
          error={fault('description')}
          onChange={(event) => setForm({ ...form, description: event.currentTarget.value })}
        />
        <Group grow>
          <NativeSelect
            label="Status"
            value={form.status}
            onChange={(event) => setForm({ ...form, status: event.currentTarget.value })}
            data={workflow.statuses.map((status) => ({ value: status.slug, label: status.name }))}
          />
          <NativeSelect
            label="Priority"
            value={form.priority}
            onChange={(event) => setForm({ ...form, priority: event.currentTarget.value })}
            data={priorities.map((priority) => ({ value: priority, label: englishPriorities[priority] }))}
          />
        </Group>
        <div className="uh-row-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create item
          </Button>
        </div>
      </Stack>
    </form>
  );
}
