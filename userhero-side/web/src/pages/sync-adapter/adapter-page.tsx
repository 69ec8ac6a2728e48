import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { adapterQuery } from '../../data/adapters.ts';
import { projectQuery } from '../../data/projects.ts';
import { AdapterStateTag, SetUpTag } from '../../parts/adapter-state.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { toTop } from '../../parts/to-top.ts';
import { NotFound } from '../not-found.tsx';
import { Overview } from './overview.tsx';
import { SetUp } from './set-up.tsx';

/** One adapter: its set-up while that is not finished, its overview afterwards. */
export function AdapterPage() {
  const { projectId = '', adapterId = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const adapter = useQuery(adapterQuery(adapterId));
  const goTo = (next: Record<string, string>): void => {
    setParams(next, { replace: true });
    toTop();
  };
  const project = useQuery(projectQuery(projectId));

  const failed = [adapter, project].find((query) => query.error && !query.data);
  if (failed) return <Failed error={failed.error} retry={() => failed.refetch()} page />;
  if (!adapter.data || !project.data) {
    return (
      <div className="uh-page" data-narrow>
        <Loading rows={3} height={120} label="Loading the adapter" />
      </div>
    );
  }
  const workflow = project.data.workflows.find((candidate) => candidate.id === adapter.data.workflowId);
  if (!workflow || adapter.data.projectId !== projectId) return <NotFound />;

  const { state } = adapter.data;
  const mappingStep = params.get('setup') === 'mapping' && state === 'active';
  const inSetUp = state === 'authorizing' || state === 'choosing' || mappingStep;
  return (
    <div className="uh-page" data-narrow>
      <PageHeading
        title={`${adapter.data.workflowName} and Jira`}
        crumbs={[
          { label: project.data.name, to: `/projects/${projectId}` },
          { label: 'Sync Adapters', to: `/projects/${projectId}/settings/sync-adapters` },
        ]}
        beside={mappingStep ? <SetUpTag /> : <AdapterStateTag adapter={adapter.data} />}
      />
      {inSetUp ? (
        <SetUp
          adapter={adapter.data}
          workflow={workflow}
          callbackError={params.get('error')}
          onProjectChosen={() => goTo({ setup: 'mapping' })}
          onFinished={() => goTo({})}
        />
      ) : (
        <Overview adapter={adapter.data} workflow={workflow} callbackError={params.get('error')} />
      )}
    </div>
  );
}
