import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Item, patchItemSchema } from '@userhero/shared/contracts/item.ts';
import { type FormEvent, useState } from 'react';
import { itemQuery, patchItem } from '../../data/items.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

/** Edits title and description; somebody else's newer words are never overwritten unseen. */
export function EditItem({ item, onClose }: { item: Item; onClose: () => void }) {
  const [base, setBase] = useState(item);
  const [title, setTitle] = useState(item.title);
  const [description, setDescription] = useState(item.description);
  const [fault, setFault] = useState<string | null>(null);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => patchItem(item.id, { title, description, version: base.version }),
    onSuccess: (saved) => {
      client.setQueryData(itemQuery(item.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['item-activity', item.id] });
      onClose();
    },
  });
  // A status that arrives from Jira raises the version too; only other words are a conflict for a person.
  const wordsDiffer = item.title !== base.title || item.description !== base.description;
  if (!wordsDiffer && item.version !== base.version) setBase(item);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = patchItemSchema.safeParse({ title, description });
    setFault(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Check the title.'));
    if (parsed.success) save.mutate();
  };
  const conflict = wordsDiffer || save.error?.problem.code === 'version_conflict';

  return (
    <Section title="Edit">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {conflict ? (
            <Note tone="warn" title="Somebody else changed this item meanwhile" live="assertive">
              <Text size="sm">
                The saved title is now “{item.title}”. Your words are still below: keep them and save over the
                others, or take the saved ones.
              </Text>
              <Group gap="xs" mt={4}>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    setBase(item);
                    save.reset();
                  }}
                >
                  Keep mine
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    setBase(item);
                    setTitle(item.title);
                    setDescription(item.description);
                    save.reset();
                  }}
                >
                  Take the saved ones
                </Button>
              </Group>
            </Note>
          ) : (
            save.error && <ProblemNote problem={save.error.problem} title="Not saved" />
          )}
          <TextInput
            label="Title"
            value={title}
            error={fault}
            autoFocus
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            label="Description"
            description="Markdown works: headings, lists, links, code."
            autosize
            minRows={6}
            maxRows={20}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <div className="uh-row-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={conflict}>
              Save
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}
