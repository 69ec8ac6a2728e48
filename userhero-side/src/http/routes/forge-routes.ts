import {
  accountHeader,
  forgeAccountSchema,
  forgeProjectQuerySchema,
  saveMappingFromJiraSchema,
} from '@userhero/shared/contracts/forge.ts';
import { type MappingDocument, previewMappingSchema } from '@userhero/shared/contracts/mapping-api.ts';
import type { Express, Request, Response } from 'express';
import type { z } from 'zod';
import { previewMappingFromJira, saveMappingFromJira } from '../../forge/change-forge-mapping.ts';
import type { JiraPlace } from '../../forge/find-connections.ts';
import { type ForgePagePorts, readForgePage } from '../../forge/read-forge-page.ts';
import { readForgePanel } from '../../forge/read-forge-panel.ts';
import type { ForgeCaller } from '../../forge/verify-forge-token.ts';
import { failure, type Outcome, type Problem, success } from '../../outcome.ts';
import { readBearer } from '../../secrets/tokens.ts';
import type { AnswerProblem } from '../answer-problem.ts';
import { unstorableProblem, validationProblem } from '../route.ts';

export type ForgePorts = ForgePagePorts & {
  /** Whom a Forge Invocation Token speaks for, or `null`; see `verifyForgeToken`. */
  verifyForgeToken(token: string): Promise<ForgeCaller | null>;
};

type Handler = (request: Request, response: Response, caller: ForgeCaller) => Promise<Outcome<unknown>>;

/**
 * Mounts `/api/forge/…`, what the Forge app's functions ask. The Forge Invocation Token says which site it is; the
 * Jira project or issue of the route is looked for on that site alone, so nobody else's can be seen.
 */
export function mountForgeRoutes(app: Express, ports: ForgePorts, answerProblem: AnswerProblem): void {
  const mount = (method: 'get' | 'put' | 'post', path: string, handle: Handler): void => {
    app[method](path, async (request, response) => {
      const outcome = await authenticated(ports, request, response, handle);
      if (outcome.ok) {
        response.set('Cache-Control', 'no-store').json(outcome.value);
        return;
      }
      await answerProblem(request, response, outcome.problem);
    });
  };

  mount('get', '/api/forge/projects/:jiraProjectId', (request, _response, caller) =>
    inProject(request, caller, (place, adapterId) => readForgePage(ports, place, adapterId)),
  );
  mount('put', '/api/forge/projects/:jiraProjectId/mapping', (request, response, caller) =>
    inProject(request, caller, async (place, adapterId) => {
      const body = parse(saveMappingFromJiraSchema, request.body);
      if (!body.ok) return body;
      const input = { place, adapterId, mapping: body.value.mapping };
      const accountId = accountOf(request, caller, body.value.accountId);
      const seen = { ifMatch: request.get('if-match'), inBody: body.value.version };
      const saved = await saveMappingFromJira(ports, input, accountId, seen);
      return withEtag(response, saved);
    }),
  );
  mount('post', '/api/forge/projects/:jiraProjectId/mapping/preview', (request, _response, caller) =>
    inProject(request, caller, async (place, adapterId) => {
      const body = parse(previewMappingSchema, request.body);
      if (!body.ok) return body;
      return previewMappingFromJira(ports, { place, adapterId, mapping: body.value.mapping });
    }),
  );
  mount('get', '/api/forge/issues/:issueId', async (request, _response, caller) => {
    const issueId = String(request.params.issueId);
    if (isElsewhere(caller, issueId)) return failure(otherPlace);
    return success(await readForgePanel(ports, { cloudId: caller.cloudId, issueId }));
  });
}

async function authenticated(
  ports: ForgePorts,
  request: Request,
  response: Response,
  handle: Handler,
): Promise<Outcome<unknown>> {
  const token = readBearer(request.get('authorization'));
  if (token === null) return failure(unauthenticated);
  const verified = await ports.verifyForgeToken(token).then(success, keysUnreadable);
  if (!verified.ok) return verified;
  return verified.value ? handle(request, response, verified.value) : failure(unauthenticated);
}

/** Who acts: whom the token names, or whom the function names that the token is of. */
function accountOf(
  request: Request,
  { accountId, ofFunction }: ForgeCaller,
  inBody: string | undefined,
): string | null {
  if (accountId !== null || !ofFunction) return accountId;
  return inBody ?? forgeAccountSchema.safeParse(request.get(accountHeader)).data ?? null;
}

/** A panel's token names its issue; one that names a project alone is a project page's, which asks for no issue. */
function isElsewhere({ issueId, jiraProjectId }: ForgeCaller, wanted: string): boolean {
  return issueId === null ? jiraProjectId !== null : issueId !== wanted;
}

/** A token of one project's page is refused for another project, though the site be the same. */
async function inProject(
  request: Request,
  caller: ForgeCaller,
  handle: (place: JiraPlace, adapterId: string | undefined) => Promise<Outcome<unknown>>,
): Promise<Outcome<unknown>> {
  const jiraProjectId = String(request.params.jiraProjectId);
  if (caller.jiraProjectId !== null && caller.jiraProjectId !== jiraProjectId) return failure(otherPlace);
  const query = forgeProjectQuerySchema.safeParse(request.query);
  if (!query.success) return failure(validationProblem(query.error, 'query'));
  const unstorable = unstorableProblem({ jiraProjectId, ...query.data }, null);
  if (unstorable) return failure(unstorable);
  return handle({ cloudId: caller.cloudId, jiraProjectId }, query.data.adapter);
}

function parse<T extends z.ZodType>(schema: T, body: unknown): Outcome<z.output<T>> {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) return failure(validationProblem(parsed.error, null));
  const unstorable = unstorableProblem(parsed.data, null);
  return unstorable ? failure(unstorable) : success(parsed.data);
}

function withEtag(response: Response, outcome: Outcome<MappingDocument>): Outcome<MappingDocument> {
  if (outcome.ok) response.set('ETag', `"${outcome.value.version}"`);
  return outcome;
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
