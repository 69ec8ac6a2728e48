import { Router } from 'express';
import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
import { projectWanted, siteOf } from './read-wanted.ts';

const screens = z.object({
  site: z.string().default('acme'),
  project: z.string(),
  create: z.array(z.string()).optional(),
  edit: z.array(z.string()).optional(),
});

/** Which fields a project's screens have, as an admin of Jira arranges them; what is not named stays. */
export function screenControls(sandbox: Sandbox): Router {
  const router = Router();
  router.post('/screens', (request, response) => {
    const wanted = screens.parse(request.body);
    const project = projectWanted(siteOf(sandbox.world, wanted.site), wanted.project);
    project.editScreen = wanted.edit ?? project.editScreen;
    project.createScreen = wanted.create ?? project.createScreen;
    sandbox.save();
    response.json({ create: project.createScreen, edit: project.editScreen ?? project.createScreen });
  });
  return router;
}
