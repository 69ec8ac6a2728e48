import type { AdapterStarted } from '@userhero/shared/contracts/adapter.ts';
import { planIncludesJira } from '@userhero/shared/domain/plan.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { hashSecret, newSecret } from '../secrets/tokens.ts';
import { type Db, inTransaction, isUniqueViolation } from '../store/db.ts';
import { newId } from '../store/ids.ts';
import { toPlan, toWorkflowShape } from '../store/views.ts';
import { planRequired } from './adapter-state.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { createOauthState } from './oauth-state.ts';

/**
 * Add Adapter → Jira: creates the workflow's adapter, or revives its disconnected one with mapping and
 * references, and answers where the person gives consent.
 *
 * Errors: `not_found` (the workflow), `plan_required`, `workflow_required`, `adapter_exists`.
 */
export async function startAdapter(
  ports: ConnectPorts,
  principal: Principal,
  project: { id: string; plan: string },
  input: { workflowId: string },
): Promise<Outcome<AdapterStarted>> {
  if (!planIncludesJira(toPlan(project))) return failure(planRequired);
  const workflows = await ports.db.workflow.findMany({
    where: { projectId: project.id },
    include: { adapter: true },
  });
  if (workflows.length === 0) {
    return failure({
      code: 'workflow_required',
      detail: 'The project has no workflow yet.',
      remedy: 'Create a workflow first; an adapter connects one workflow to one Jira project.',
    });
  }
  const workflow = workflows.find((candidate) => candidate.id === input.workflowId);
  if (!workflow) {
    return failure({
      code: 'not_found',
      detail: 'There is no such workflow in this project.',
      remedy: 'Choose one of the project’s workflows.',
      errors: [{ field: 'workflowId', message: 'Choose one of the project’s workflows.' }],
    });
  }
  if (workflow.adapter && workflow.adapter.state !== 'disconnected') return failure(adapterExists);

  try {
    return await inTransaction(ports.db, async (tx) => {
      const adapterId = workflow.adapter?.id ?? newId();
      if (workflow.adapter) await setAuthorizing(tx, adapterId);
      else await insertAdapter(ports, tx, { adapterId, workflow, principal });
      await recordActivity(tx, {
        organizationId: principal.organizationId,
        adapterId,
        code: 'adapter_added',
        values: { workflow: workflow.name },
        actor: principal.userName,
      });
      return startConsent(ports, tx, principal, adapterId);
    });
  } catch (error) {
    // Two people added it at the same moment; the second one is told so.
    if (isUniqueViolation(error)) return failure(adapterExists);
    throw error;
  }
}

/** Reconnect: sends an adapter through consent again; its mapping and external references stay. */
export async function reconnectAdapter(
  ports: ConnectPorts,
  principal: Principal,
  adapter: { id: string; state: string; project: { plan: string } },
): Promise<Outcome<AdapterStarted>> {
  if (!planIncludesJira(toPlan(adapter.project))) return failure(planRequired);
  return inTransaction(ports.db, async (tx) => {
    // A live adapter keeps working with its present grant until the new consent is there.
    if (adapter.state === 'disconnected') await setAuthorizing(tx, adapter.id);
    const started = await startConsent(ports, tx, principal, adapter.id);
    return started.ok && adapter.state !== 'disconnected'
      ? success({ ...started.value, state: adapter.state as AdapterStarted['state'] })
      : started;
  });
}

const adapterExists = {
  code: 'adapter_exists' as const,
  detail: 'The workflow has a Jira adapter already; each workflow connects to one Jira project.',
  remedy: 'Open the existing adapter, or disconnect it first.',
};

async function setAuthorizing(tx: Db, adapterId: string): Promise<void> {
  await tx.adapter.update({ where: { id: adapterId }, data: { state: 'authorizing', pauseReason: null } });
}

async function insertAdapter(
  ports: ConnectPorts,
  tx: Db,
  input: {
    adapterId: string;
    workflow: { id: string; projectId: string; kind: string; statuses: unknown };
    principal: Principal;
  },
): Promise<void> {
  const secret = newSecret('uhwh');
  await tx.adapter.create({
    data: {
      id: input.adapterId,
      projectId: input.workflow.projectId,
      workflowId: input.workflow.id,
      state: 'authorizing',
      mapping: defaultMapping(toWorkflowShape(input.workflow)),
      mappingUpdatedBy: input.principal.userName,
      webhookSecret: ports.cipher.seal(secret),
      webhookHash: hashSecret(secret),
    },
  });
}

async function startConsent(
  ports: ConnectPorts,
  tx: Db,
  principal: Principal,
  adapterId: string,
): Promise<Outcome<AdapterStarted>> {
  const state = await createOauthState(tx, {
    adapterId,
    starter: principal,
    secret: ports.stateSecret,
    now: ports.now(),
  });
  return success({ id: adapterId, state: 'authorizing', authorizeUrl: ports.oauth.authorizeUrl(state) });
}
