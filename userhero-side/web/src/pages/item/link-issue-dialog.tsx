import { Button, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Item } from '@userhero/shared/contracts/item.ts';
import { type LinkIssue, type LinkPreview, linkIssueSchema } from '@userhero/shared/contracts/link.ts';
import type { Project } from '@userhero/shared/contracts/project.ts';
import { type FormEvent, useState } from 'react';
import { linkIssue, previewLink } from '../../data/items.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { statusName } from '../../parts/tag.tsx';

type LinkIssueDialogProps = { item: Item; project: Project; open: boolean; onClose: () => void };

/** Links an issue that exists already; shows whose status would win before anything changes. */
export function LinkIssueDialog({ open, onClose, ...rest }: LinkIssueDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Link an existing issue">
      <LinkIssueForm {...rest} onClose={onClose} />
    </Dialog>
  );
}

function LinkIssueForm({ item, project, onClose }: Omit<LinkIssueDialogProps, 'open'>) {
  const [issue, setIssue] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [winner, setWinner] = useState<LinkIssue['winner']>('jira');
  const client = useQueryClient();
  const find = useMutation({ mutationFn: () => previewLink(item.id, issue.trim()) });
  const link = useMutation({
    mutationFn: () => linkIssue(item.id, issue.trim(), winner),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['item', item.id] });
      void client.invalidateQueries({ queryKey: ['item-activity', item.id] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = linkIssueSchema.safeParse({ issue });
    setFault(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Check the issue.'));
    if (!parsed.success) return;
    if (find.data) link.mutate();
    else find.mutate();
  };
  const problem = link.error?.problem ?? find.error?.problem;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Key or URL of the Jira issue"
          placeholder="HERO-123"
          data-autofocus
          value={issue}
          error={fault}
          onChange={(event) => {
            setIssue(event.currentTarget.value);
            find.reset();
            link.reset();
          }}
        />
        {problem && <ProblemNote problem={problem} />}
        {find.data && (
          <WinnerChoice
            item={item}
            project={project}
            preview={find.data}
            winner={winner}
            onChange={setWinner}
          />
        )}
        <div className="uh-row-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={find.isPending || link.isPending}>
            {find.data ? 'Link issue' : 'Find issue'}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

type WinnerChoiceProps = {
  item: Item;
  project: Project;
  preview: LinkPreview;
  winner: LinkIssue['winner'];
  onChange: (winner: LinkIssue['winner']) => void;
};

function WinnerChoice({ item, project, preview, winner, onChange }: WinnerChoiceProps) {
  const workflow = project.workflows.find((candidate) => candidate.id === item.workflowId);
  const name = (slug: string): string => statusName(workflow, slug);
  const unreachable = preview.jiraStatusIfUserHeroWins === null;
  return (
    <div role="status">
      <Text fw={600}>
        {preview.issueKey} {preview.summary}
      </Text>
      <Radio.Group
        label="Which status counts?"
        value={winner}
        onChange={(value) => onChange(value === 'userhero' ? 'userhero' : 'jira')}
        mt="sm"
      >
        <Stack gap="xs" mt={6}>
          <Radio
            value="jira"
            label={`Jira: ${preview.jiraStatus}`}
            description={
              preview.itemStatusIfJiraWins === preview.itemStatus
                ? `The item stays ${name(preview.itemStatus)}.`
                : `The item changes from ${name(preview.itemStatus)} to ${name(preview.itemStatusIfJiraWins)}.`
            }
          />
          <Radio
            value="userhero"
            disabled={unreachable}
            label={`UserHero: ${name(preview.itemStatus)}`}
            description={
              unreachable
                ? 'The Jira workflow has no status for it.'
                : `The issue goes to ${preview.jiraStatusIfUserHeroWins}.`
            }
          />
        </Stack>
      </Radio.Group>
    </div>
  );
}
