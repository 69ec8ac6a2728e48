import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExternalReference, Item } from '@userhero/shared/contracts/item.ts';
import type { Project } from '@userhero/shared/contracts/project.ts';
import { referenceStateTexts, unlinkWarnings } from '@userhero/shared/domain/reference-state.ts';
import { adaptersQuery } from '../../data/adapters.ts';
import { unlinkIssue } from '../../data/items.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { ReferenceLink, ReferenceStateTag } from '../../parts/reference-link.tsx';
import { Section } from '../../parts/section.tsx';
import { Tag } from '../../parts/tag.tsx';
import { WaitingLine } from '../../parts/waiting-line.tsx';
import { differs } from './differs.ts';
import { HeldThings } from './held-things.tsx';
import { LinkIssueDialog } from './link-issue-dialog.tsx';
import { PushToJira, PushWarnings } from './push-to-jira.tsx';

/** The item's External Reference; before there is one, the way to it. */
export function ExternalReferenceBox({ item, project }: { item: Item; project: Project }) {
  const adapters = useQuery(adaptersQuery(project.id));
  const adapter = adapters.data?.items.find(
    (candidate) => candidate.workflowId === item.workflowId && candidate.state !== 'disconnected',
  );
  const [linking, link] = useDisclosure(false);
  const reference = item.externalReferences[0];
  return (
    <Section title="External Reference">
      {reference ? (
        <Stack gap="sm">
          <ReferenceFacts
            reference={reference}
            differs={differs(item.latestPush?.warnings ?? [], reference)}
          />
          <WaitingLine waiting={item.waiting} />
          <HeldThings itemId={item.id} holds={reference.holds} />
          <PushWarnings item={item} />
          <Unlink item={item} reference={reference} />
        </Stack>
      ) : (
        <Stack gap="sm">
          <PushToJira
            item={item}
            project={project}
            adapter={adapter}
            adaptersKnown={adapters.data !== undefined}
          />
          {adapter?.state === 'active' && project.jiraIncluded && (
            <Button variant="subtle" size="compact-sm" onClick={link.open}>
              Link an existing issue
            </Button>
          )}
        </Stack>
      )}
      <LinkIssueDialog item={item} project={project} open={linking} onClose={link.close} />
    </Section>
  );
}

function ReferenceFacts({ reference, differs }: { reference: ExternalReference; differs: boolean }) {
  const { meaning, remedy } = referenceStateTexts[reference.state];
  return (
    <div>
      <Group gap={10} justify="space-between">
        <Text fw={600} fz="lg" component="span">
          <ReferenceLink reference={reference} />
        </Text>
        {differs ? <Tag tone="warn">Differs</Tag> : <ReferenceStateTag state={reference.state} />}
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        Jira status: {reference.jiraStatus ?? 'not known yet'}
      </Text>
      {remedy !== null && (
        <Text size="sm" mt={6}>
          {meaning} {remedy}
        </Text>
      )}
    </div>
  );
}

function Unlink({ item, reference }: { item: Item; reference: ExternalReference }) {
  const [open, dialog] = useDisclosure(false);
  const client = useQueryClient();
  const unlink = useMutation({
    mutationFn: () => unlinkIssue(item.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['item', item.id] });
      void client.invalidateQueries({ queryKey: ['item-activity', item.id] });
      dialog.close();
    },
  });
  return (
    <>
      <div>
        <Button variant="default" size="xs" onClick={dialog.open}>
          Unlink
        </Button>
      </div>
      <ConfirmDialog
        open={open}
        title={`Unlink ${reference.key}?`}
        action="Unlink"
        danger
        busy={unlink.isPending}
        problem={unlink.error?.problem ?? null}
        onConfirm={() => unlink.mutate()}
        onClose={() => {
          unlink.reset();
          dialog.close();
        }}
      >
        <UnlinkMeaning state={reference.state} />
      </ConfirmDialog>
    </>
  );
}

/** What unlinking comes to, with a warning where the link cannot be made again. */
export function UnlinkMeaning({ state }: { state: ExternalReference['state'] }) {
  const warning = unlinkWarnings[state];
  return (
    <Stack gap="sm">
      <Text size="sm">
        Nothing changes in Jira. The issue’s changes no longer reach this item
        {warning === null ? ', and the item can be pushed or linked again' : ''}.
      </Text>
      {warning !== null && (
        <Note tone="warn" title="Keep the link if the issue may come back">
          <Text size="sm">{warning}</Text>
        </Note>
      )}
    </Stack>
  );
}
