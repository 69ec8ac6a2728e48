import { Button, NativeSelect, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { type FormEvent, useEffect, useState } from 'react';
import { chooseSite, sitesQuery } from '../../data/adapters.ts';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

/** The Jira site, when the consent covers several; with exactly one it chooses itself. */
export function SelectSite({ adapter, onChosen }: { adapter: Adapter; onChosen: () => void }) {
  const client = useQueryClient();
  const sites = useQuery(sitesQuery(adapter.id, true));
  const [choice, setChoice] = useState<string | null>(null);
  const choose = useMutation({
    mutationFn: (cloudId: string) => chooseSite(adapter.id, cloudId),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ['jira-projects', adapter.id] });
      await client.invalidateQueries({ queryKey: ['adapter', adapter.id] });
      onChosen();
    },
  });
  const only = sites.data?.items.length === 1 ? sites.data.items[0] : undefined;
  const { mutate, isIdle } = choose;
  useEffect(() => {
    if (only && isIdle) mutate(only.cloudId);
  }, [only, isIdle, mutate]);

  const cloudId = choice ?? adapter.site?.cloudId ?? sites.data?.items[0]?.cloudId ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate(cloudId);
  };
  return (
    <Section title="Select a site" lead="Your Atlassian account has access to several Jira sites.">
      {sites.error && !sites.data && <Failed error={sites.error} retry={() => sites.refetch()} />}
      {choose.error && <ProblemNote problem={choose.error.problem} />}
      {!sites.error && (!sites.data || (only && !choose.error)) && (
        <Loading rows={1} height={62} label="Loading your Jira sites" />
      )}
      {sites.data && !only && (
        <form onSubmit={submit}>
          <Stack gap="md" align="flex-start">
            <NativeSelect
              label="Jira site"
              w="100%"
              maw={480}
              value={cloudId}
              onChange={(event) => setChoice(event.currentTarget.value)}
              data={sites.data.items.map((site) => ({
                value: site.cloudId,
                label: `${site.name} (${site.url.replace(/^https?:\/\//, '')})`,
              }))}
            />
            <Button type="submit" loading={choose.isPending} disabled={cloudId === ''}>
              Continue
            </Button>
          </Stack>
        </form>
      )}
    </Section>
  );
}
