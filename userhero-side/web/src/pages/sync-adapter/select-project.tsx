import { Anchor, Button, Input, NativeSelect, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Adapter, JiraProject } from '@userhero/shared/contracts/adapter.ts';
import { type FormEvent, useId, useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { chooseJiraProject, issueTypesQuery, jiraProjectsQuery } from '../../data/adapters.ts';
import { Failed } from '../../parts/failed.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { type FixedValues, readFixedValues } from './fixed-values.ts';
import { MissingChecks } from './missing-checks.tsx';
import { RequiredFields } from './required-fields.tsx';

const typingPauseMs = 200;

type SelectProjectProps = { adapter: Adapter; onChosen: () => void; onChangeSite: () => void };

/** Step 2: the Jira project, the issue type of new issues, and values for what that type requires. */
export function SelectProject({ adapter, onChosen, onChangeSite }: SelectProjectProps) {
  const client = useQueryClient();
  // Reconnecting offers the former project, so that syncing resumes from the existing references.
  const [project, setProject] = useState<ProjectChoice | null>(adapter.jiraProject);
  const [issueTypeId, setIssueTypeId] = useState<string | null>(null);
  const [values, setValues] = useState<FixedValues>({});
  const [tried, setTried] = useState(false);
  const types = useQuery(issueTypesQuery(adapter.id, project?.id ?? null));
  const issueType = types.data?.items.find((type) => type.id === issueTypeId) ?? types.data?.items[0];
  const required = issueType?.requiredFields ?? [];
  const fixed = readFixedValues(required, values);
  const confirm = useMutation({
    mutationFn: (projectId: string) =>
      chooseJiraProject(adapter.id, {
        projectId,
        ...(issueType ? { issueTypeId: issueType.id } : {}),
        ...(required.length > 0 ? { fixedFields: fixed.values } : {}),
      }),
    onSuccess: async () => {
      // The step is named first: an active adapter without a step would show its overview for a moment.
      onChosen();
      void client.invalidateQueries({ queryKey: ['adapters', adapter.projectId] });
      await client.invalidateQueries({ queryKey: ['adapter', adapter.id] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (project && Object.keys(fixed.problems).length === 0) confirm.mutate(project.id);
  };
  const unsupported = required.filter((field) => field.kind === 'unsupported');

  return (
    <Section
      title="Select a Project"
      lead={
        <>
          Choose which Jira project on {adapter.site?.name ?? 'your site'} to sync the workflow{' '}
          {adapter.workflowName} with.{' '}
          <Anchor component="button" type="button" size="sm" onClick={onChangeSite} underline="always">
            Use another site
          </Anchor>
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={480}>
          <ProjectDropdown
            adapterId={adapter.id}
            chosen={project}
            onChoose={(next) => {
              setProject(next);
              setIssueTypeId(null);
              setValues({});
              setTried(false);
              confirm.reset();
            }}
          />
          {types.error && <Failed error={types.error} retry={() => types.refetch()} />}
          {project && types.data && types.data.items.length > 0 && (
            <NativeSelect
              label="Issue type"
              description="What Push to Jira creates."
              value={issueType?.id ?? ''}
              onChange={(event) => {
                setIssueTypeId(event.currentTarget.value);
                setValues({});
                setTried(false);
              }}
              data={types.data.items.map((type) => ({ value: type.id, label: type.name }))}
            />
          )}
          {project && types.data?.items.length === 0 && (
            <Note tone="warn" title="You cannot create issues in this project">
              <Text size="sm">Ask a Jira admin for project admin access, or choose another project.</Text>
            </Note>
          )}
          {project && required.length > 0 && (
            <RequiredFields
              fields={required}
              place={{ adapterId: adapter.id, projectId: project.id }}
              values={values}
              onChange={setValues}
              showProblems={tried}
            />
          )}
          <MissingChecks
            adapterId={adapter.id}
            projectId={types.data ? (project?.id ?? null) : null}
            issueTypeId={issueType?.id ?? null}
            // They have inputs of their own above.
            without="required_fields"
          />
          {confirm.error && <ProblemNote problem={aboutTheChoice(confirm.error.problem)} />}
          <div>
            <Button
              type="submit"
              disabled={
                !project ||
                !types.data ||
                types.isFetching ||
                types.data.items.length === 0 ||
                unsupported.length > 0
              }
              loading={confirm.isPending}
            >
              Confirm
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

/** A form with one project has no use for the name that the API gives its field. */
function aboutTheChoice(problem: ApiProblem): ApiProblem {
  return { ...problem, errors: problem.errors.filter(({ field }) => field !== 'projectId') };
}

type ProjectChoice = Pick<JiraProject, 'id' | 'key' | 'name'>;

type ProjectDropdownProps = {
  adapterId: string;
  chosen: ProjectChoice | null;
  onChoose: (project: ProjectChoice | null) => void;
};

function label(project: ProjectChoice): string {
  return `${project.name} (${project.key})`;
}

function ProjectDropdown({ adapterId, chosen, onChoose }: ProjectDropdownProps) {
  const id = useId();
  const [typed, setTyped] = useState(chosen ? label(chosen) : '');
  // The chosen project's own label is in the field after choosing; it is no search.
  const [query] = useDebouncedValue(chosen && typed === label(chosen) ? '' : typed, typingPauseMs);
  const projects = useQuery(jiraProjectsQuery(adapterId, query));
  const found = projects.data?.items ?? [];
  const offered = chosen && !found.some((project) => project.id === chosen.id) ? [chosen, ...found] : found;
  return (
    <>
      <div>
        <Input.Label id={`${id}-label`} htmlFor={id}>
          Jira project
        </Input.Label>
        <Input.Description id={`${id}-description`} mb={5}>
          Shows all projects you have access to.
        </Input.Description>
        <Select
          id={id}
          // Mantine would give the list of options the field's own label; two things of one name confuse a reader.
          aria-label="Projects found"
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-description`}
          placeholder="Search by name or key"
          searchable
          value={chosen?.id ?? null}
          searchValue={typed}
          onSearchChange={setTyped}
          onChange={(id) => onChoose(offered.find((project) => project.id === id) ?? null)}
          // Jira has searched already; a second filter here would hide what it found by key.
          filter={({ options }) => options}
          data={offered.map((project) => ({ value: project.id, label: label(project) }))}
          nothingFoundMessage={
            projects.isFetching ? 'Searching…' : 'No project found. Do you have admin access to it?'
          }
          comboboxProps={{ shadow: 'md' }}
          maxDropdownHeight={280}
        />
      </div>
      {projects.error && <Failed error={projects.error} retry={() => projects.refetch()} />}
    </>
  );
}
