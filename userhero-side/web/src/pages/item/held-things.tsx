import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HeldThing, ResolveHold } from '@userhero/shared/contracts/sync.ts';
import { englishSync as texts } from '@userhero/shared/texts/sync-en.ts';
import { itemQuery } from '../../data/items.ts';
import { resolveHold } from '../../data/sync.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';

/** What rests between an item and its issue until a person chooses: both values, and a button for each. */
export function HeldThings({ itemId, holds }: { itemId: string; holds: readonly HeldThing[] }) {
  return holds.map((hold) => <Held key={hold.thing} itemId={itemId} hold={hold} />);
}

function Held({ itemId, hold }: { itemId: string; hold: HeldThing }) {
  const client = useQueryClient();
  const resolve = useMutation({
    mutationFn: (take: ResolveHold['take']) => resolveHold(itemId, { thing: hold.thing, take }),
    onSuccess: (item) => {
      client.setQueryData(itemQuery(itemId).queryKey, item);
      void client.invalidateQueries({ queryKey: ['item-activity', itemId] });
    },
  });
  const thing = texts.things[hold.thing];
  const isBusy = resolve.isPending || hold.chosen !== null;
  return (
    <Note tone="warn" title={texts.differs(thing)} live="polite">
      <Text size="sm">{texts.holds[hold.why]}</Text>
      {hold.refusal !== null && <Text size="sm">{texts.refused(hold.refusal)}</Text>}
      <Stack component="dl" gap={6} my={8}>
        <HeldValue side={texts.inUserhero} value={hold.here} />
        <HeldValue side={texts.inJira} value={hold.there} />
      </Stack>
      {resolve.error && <ProblemNote problem={resolve.error.problem} title="Not settled" />}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          aria-label={`${thing}: ${texts.takeUserhero}`}
          onClick={() => resolve.mutate('userhero')}
        >
          {texts.takeUserhero}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          aria-label={`${thing}: ${texts.takeJira}`}
          onClick={() => resolve.mutate('jira')}
        >
          {texts.takeJira}
        </Button>
      </Group>
    </Note>
  );
}

function HeldValue({ side, value }: { side: string; value: string }) {
  return (
    <div>
      <Text component="dt" size="xs" fw={600}>
        {side}
      </Text>
      <Text component="dd" size="sm" m={0} className="uh-held-value">
        {value === '' ? <em>{texts.empty}</em> : value}
      </Text>
    </div>
  );
}
