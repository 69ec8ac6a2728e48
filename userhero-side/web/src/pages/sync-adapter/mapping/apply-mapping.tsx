import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MappingTexts } from '@userhero/shared/texts/mapping-en.ts';
import { useEffect } from 'react';
import { applyMapping, cancelApply, mappingApplyQuery } from '../../../data/mapping.ts';
import { ProblemNote } from '../../../parts/note.tsx';

type ApplyMappingProps = {
  adapterId: string;
  version: number;
  wouldChange: number;
  texts: MappingTexts['apply'];
  onDone: () => void;
};

/** Applies the saved mapping to the linked items of the preview, and shows how far it is. */
export function ApplyMapping({ adapterId, version, wouldChange, texts, onDone }: ApplyMappingProps) {
  const client = useQueryClient();
  const start = useMutation({ mutationFn: () => applyMapping(adapterId, version) });
  const followed = useQuery(mappingApplyQuery(start.data?.jobId ?? null));
  const cancel = useMutation({
    mutationFn: () => cancelApply(start.data?.id ?? ''),
    onSuccess: () => followed.refetch(),
  });
  const seen = followed.data ?? start.data;
  const isOver = seen !== undefined && seen.state !== 'running';
  useEffect(() => {
    if (!isOver) return;
    for (const key of ['adapter-activity', 'adapter-health', 'items', 'item']) {
      void client.invalidateQueries({ queryKey: [key] });
    }
    onDone();
  }, [isOver, client, onDone]);
  const isRunning = start.isPending || seen?.state === 'running';
  return (
    <>
      <Group gap="xs" mt={6}>
        <Button size="xs" onClick={() => start.mutate()} loading={isRunning}>
          {texts.start(wouldChange)}
        </Button>
        {seen?.state === 'running' && (
          <Button size="xs" variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
            {texts.stop}
          </Button>
        )}
      </Group>
      <Text size="sm" role="status">
        {seen?.state === 'running' && texts.progress(seen.done, seen.linked, seen.changed)}
      </Text>
      {start.error && <ProblemNote problem={start.error.problem} title={texts.failed} />}
    </>
  );
}
