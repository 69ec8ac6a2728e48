import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { adapterQuery, setSendChanges } from '../../data/adapters.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

/** The switch for sending later changes on; off by default, as in the product documentation. */
export function SendChanges({ adapter }: { adapter: Adapter }) {
  const client = useQueryClient();
  const key = adapterQuery(adapter.id).queryKey;
  const change = useMutation({
    mutationFn: (sendChanges: boolean) => setSendChanges(adapter.id, sendChanges),
    onMutate: async (sendChanges) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, { ...adapter, sendChanges });
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <Section title="Changes after the push">
      <Switch
        label="Send later changes to Jira"
        description="When a pushed item’s status, title, description or priority changes here, the Jira issue follows."
        checked={adapter.sendChanges}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      {change.error && <ProblemNote problem={change.error.problem} title="Not changed" />}
    </Section>
  );
}
