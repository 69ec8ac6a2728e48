import { useQuery } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { jiraStatusesQuery } from '../../../data/adapters.ts';
import { mappingQuery } from '../../../data/mapping.ts';
import { Failed } from '../../../parts/failed.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { MappingForm } from './mapping-form.tsx';

type MappingEditorProps = { adapter: Adapter; workflow: Workflow; onSaved?: () => void };

/** Loads what the mapping form needs. Jira's own statuses may be missing: categories work without them. */
export function MappingEditor({ adapter, workflow, onSaved }: MappingEditorProps) {
  const mapping = useQuery(mappingQuery(adapter.id));
  const canAskJira = adapter.state === 'active' || adapter.state === 'paused';
  const jira = useQuery(jiraStatusesQuery(adapter.id, canAskJira));
  if (mapping.error && !mapping.data) {
    return <Failed error={mapping.error} retry={() => mapping.refetch()} />;
  }
  // A disabled query stays pending, so "loading" is what counts here.
  if (!mapping.data || jira.isLoading) return <Loading rows={6} height={44} label="Loading the mapping" />;
  return (
    <MappingForm
      key={adapter.id}
      adapterId={adapter.id}
      workflow={workflow}
      saved={mapping.data}
      jira={jira.data ?? null}
      settingUp={onSaved !== undefined}
      onSaved={onSaved}
    />
  );
}
