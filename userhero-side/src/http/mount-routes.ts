import type { Express } from 'express';
import type { AnswerProblem } from './answer-problem.ts';
import type { MayPorts } from './may.ts';
import type { Route } from './route.ts';

/** Mounts routes on an app. */
export function mountRoutes(
  app: Express,
  routes: readonly Route[],
  ports: MayPorts,
  answerProblem: AnswerProblem,
): void {
  for (const route of routes) {
    app[route.method](route.path, async (request, response) => {
      const outcome = await route.run(ports, request);
      if (!outcome.ok) return answerProblem(request, response, outcome.problem);
      const { status, headers = {}, body } = outcome.value;
      // What one Jira site sees is nothing for a cache between Atlassian and us.
      if (route.credential === 'forgeToken') response.set('Cache-Control', 'no-store');
      response.status(status).set(headers).json(body);
    });
  }
}
