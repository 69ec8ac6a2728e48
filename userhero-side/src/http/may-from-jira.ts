import { jiraIdSchema } from '@userhero/shared/contracts/forge.ts';
import type { Request } from 'express';
import type { JiraPlace } from '../forge/find-connections.ts';
import type { ForgeCaller } from '../forge/verify-forge-token.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { readBearer } from '../secrets/tokens.ts';
import type { May, MayPorts } from './may.ts';

/*
 * Who may call what the Forge app's functions ask. The Forge Invocation Token says which site it is; the Jira project
 * or issue of the path is looked for on that site alone, so nobody else's can be seen.
 */

/** The Forge app, for a Jira project. A token of one project's page is refused for another project of its site. */
export const fromJiraProject: May<ForgeCaller, 'jiraProjectId', { caller: ForgeCaller; place: JiraPlace }> = {
  credential: 'forgeToken',
  thing: 'Jira project',
  params: { jiraProjectId: jiraIdSchema },
  admit: admitForgeApp,
  async load(_ports, caller, { jiraProjectId }) {
    if (caller.jiraProjectId !== null && caller.jiraProjectId !== jiraProjectId) return failure(otherPlace);
    return success({ caller, place: { cloudId: caller.cloudId, jiraProjectId } });
  },
};

/**
 * The Forge app, for a Jira issue. A panel's token names its issue; one that names a project alone is a project
 * page's, which asks for no issue.
 */
export const fromJiraIssue: May<ForgeCaller, 'issueId', { place: { cloudId: string; issueId: string } }> = {
  credential: 'forgeToken',
  thing: 'Jira issue',
  params: { issueId: jiraIdSchema },
  admit: admitForgeApp,
  async load(_ports, caller, { issueId }) {
    const isElsewhere = caller.issueId === null ? caller.jiraProjectId !== null : caller.issueId !== issueId;
    if (isElsewhere) return failure(otherPlace);
    return success({ place: { cloudId: caller.cloudId, issueId } });
  },
};

async function admitForgeApp(ports: MayPorts, request: Request): Promise<Outcome<ForgeCaller>> {
  const token = readBearer(request.get('authorization'));
  if (token === null) return failure(unauthenticated);
  const verified = await ports.verifyForgeToken(token).then(success, keysUnreadable);
  if (!verified.ok) return verified;
  return verified.value ? success(verified.value) : failure(unauthenticated);
}

function keysUnreadable(cause: unknown): { ok: false; problem: Problem } {
  return failure({
    code: 'overloaded',
    detail: 'Atlassian’s keys cannot be read at the moment, so no token can be checked.',
    remedy: 'Try again soon.',
    retryAfterSeconds: 5,
    cause,
  });
}

const unauthenticated: Problem = {
  code: 'unauthenticated',
  detail: 'This needs a Forge Invocation Token of the app that belongs to this deployment.',
  remedy: 'Check that FORGE_APP_ID is the id in manifest.yml.',
};

const otherPlace: Problem = {
  code: 'forbidden',
  detail: 'The token was given for another Jira project or issue.',
};
