import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { directionSchema, onConflictSchema, type Rule } from '@userhero/shared/sync/rule.ts';
import type { SyncSettings } from '@userhero/shared/sync/settings.ts';
import { type ThingName, thingNames } from '@userhero/shared/sync/things.ts';
import { englishSync as texts } from '@userhero/shared/texts/sync-en.ts';
import { useState } from 'react';
import { saveSyncSettings, syncSettingsQuery } from '../../data/sync.ts';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

/** Which way each thing travels after the push, and whose value counts: a row for everything in the list of things. */
export function WhatIsSynced({ adapter }: { adapter: Adapter }) {
  const settings = useQuery(syncSettingsQuery(adapter.id));
  return (
    <Section id="sync" title={texts.title} lead={texts.lead}>
      {settings.data ? (
        <SettingsForm adapterId={adapter.id} saved={settings.data} />
      ) : settings.error ? (
        <Failed error={settings.error} retry={() => settings.refetch()} />
      ) : (
        <Loading rows={thingNames.length} height={36} label="Loading what is synced" />
      )}
    </Section>
  );
}

function SettingsForm({ adapterId, saved }: { adapterId: string; saved: SyncSettings }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Partial<SyncSettings>>({});
  const settings = { ...saved, ...draft };
  const save = useMutation({
    mutationFn: () => saveSyncSettings(adapterId, settings),
    onSuccess: (answer) => {
      client.setQueryData(syncSettingsQuery(adapterId).queryKey, answer);
      void client.invalidateQueries({ queryKey: ['adapter', adapterId] });
      void client.invalidateQueries({ queryKey: ['adapter-activity', adapterId] });
      setDraft({});
    },
  });
  const isChanged = JSON.stringify(settings) !== JSON.stringify(saved);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <div>
          {thingNames.map((name) => (
            <ThingRow
              key={name}
              name={name}
              rule={settings[name]}
              onChange={(rule) => setDraft({ ...draft, [name]: rule })}
            />
          ))}
        </div>
        {save.error && <ProblemNote problem={save.error.problem} title="Not saved" />}
        <Group gap="sm">
          <Button type="submit" disabled={!isChanged} loading={save.isPending}>
            Save what is synced
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setDraft({})}>
              Undo changes
            </Button>
          )}
          <Text size="sm" c="dimmed" role="status">
            {save.isSuccess && !isChanged ? 'Saved' : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

type ThingRowProps = { name: ThingName; rule: Rule; onChange: (rule: Rule) => void };

function ThingRow({ name, rule, onChange }: ThingRowProps) {
  const thing = texts.things[name];
  return (
    <div className="uh-map">
      <Text size="sm" fw={550}>
        {thing}
      </Text>
      <NativeSelect
        aria-label={texts.directionOf(thing)}
        value={rule.direction}
        onChange={(event) =>
          onChange({ ...rule, direction: directionSchema.parse(event.currentTarget.value) })
        }
        data={directionSchema.options.map((value) => ({ value, label: texts.directions[value] }))}
      />
      {rule.direction === 'off' ? (
        <span />
      ) : (
        <NativeSelect
          aria-label={texts.conflictOf(thing)}
          value={rule.onConflict}
          onChange={(event) =>
            onChange({ ...rule, onConflict: onConflictSchema.parse(event.currentTarget.value) })
          }
          data={onConflictSchema.options.map((value) => ({ value, label: texts.conflicts[value] }))}
        />
      )}
    </div>
  );
}
