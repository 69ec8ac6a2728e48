import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Adapter, IssueType } from '@userhero/shared/contracts/adapter.ts';
import { type FormEvent, useState } from 'react';
import { chooseJiraProject, issueTypesQuery } from '../../data/adapters.ts';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { type FixedValues, readFixedValues, toFixedValues } from './fixed-values.ts';
import { RequiredFields } from './required-fields.tsx';

type NewIssuesProps = { adapter: Adapter };

/** What a push creates: the issue type, and the values of the fields that it requires. */
export function NewIssues({ adapter }: NewIssuesProps) {
  const projectId = adapter.jiraProject?.id ?? null;
  const types = useQuery(issueTypesQuery(adapter.id, projectId));
  return (
    <Section
      id="new-issues"
      title="New issues"
      lead="The issue type that Push to Jira creates, and the fields that Jira requires for it. Issues that are linked already stay as they are."
    >
      {types.data && projectId !== null ? (
        <NewIssuesForm adapter={adapter} projectId={projectId} types={types.data.items} />
      ) : types.error ? (
        <Failed error={types.error} retry={() => types.refetch()} />
      ) : (
        <Loading rows={1} height={36} label="Loading issue types" />
      )}
    </Section>
  );
}

type NewIssuesFormProps = NewIssuesProps & { projectId: string; types: readonly IssueType[] };

function NewIssuesForm({ adapter, projectId, types }: NewIssuesFormProps) {
  const client = useQueryClient();
  const [issueTypeId, setIssueTypeId] = useState(adapter.issueType?.id ?? '');
  const issueType = types.find((type) => type.id === issueTypeId);
  const required = issueType?.requiredFields ?? [];
  const [values, setValues] = useState<FixedValues>(() => toFixedValues(required, adapter.fixedFields));
  const [tried, setTried] = useState(false);
  const fixed = readFixedValues(required, values);
  const save = useMutation({
    mutationFn: () => chooseJiraProject(adapter.id, { projectId, issueTypeId, fixedFields: fixed.values }),
    onSuccess: (saved) => {
      client.setQueryData(['adapter', adapter.id], saved);
      void client.invalidateQueries({ queryKey: ['adapter-checks', adapter.id] });
      void client.invalidateQueries({ queryKey: ['adapter-activity', adapter.id] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(fixed.problems).length === 0) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={480}>
        <NativeSelect
          label="Issue type"
          value={issueTypeId}
          onChange={({ currentTarget: { value } }) => {
            setIssueTypeId(value);
            const chosen = types.find((type) => type.id === value);
            setValues(toFixedValues(chosen?.requiredFields ?? [], adapter.fixedFields));
            setTried(false);
          }}
          data={[
            ...(issueType ? [] : [{ value: issueTypeId, label: adapter.issueType?.name ?? 'Choose…' }]),
            ...types.map((type) => ({ value: type.id, label: type.name })),
          ]}
        />
        {required.length > 0 && (
          <RequiredFields
            fields={required}
            place={{ adapterId: adapter.id, projectId }}
            values={values}
            onChange={setValues}
            showProblems={tried}
          />
        )}
        {save.error && <ProblemNote problem={save.error.problem} title="Not saved" />}
        <Group gap="sm">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!issueType || required.some((field) => field.kind === 'unsupported')}
          >
            Save new issues
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {save.isSuccess ? 'Saved' : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
