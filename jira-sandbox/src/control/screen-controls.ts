import { Router } from 'express';
import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
import { projectWanted, siteOf } from './read-wanted.ts';

const screens = z.object({
  site: z.string().default('acme'),
  project: z.string(),
  create: z.array(z.string()).optional(),
  edit: z.array(z.string()).optional(),
  /** Custom fields that have to be given when an issue is created. */
  required: z.array(z.string()).optional(),
});

/** Which fields a project's screens have, as an admin of Jira arranges them; what is not named stays. */
export function screenControls(sandbox: Sandbox): Router {
  const router = Router();
  router.post('/screens', (request, response) => {
    const wanted = screens.parse(request.body);
    const project = projectWanted(siteOf(sandbox.world, wanted.site), wanted.project);
    project.editScreen = wanted.edit ?? project.editScreen;
    project.createScreen = wanted.create ?? project.createScreen;
    project.requiredFields = wanted.required ?? project.requiredFields;
    sandbox.save();
    const { createScreen, editScreen = createScreen, requiredFields } = project;
    response.json({ create: createScreen, edit: editScreen, required: requiredFields });
  });
  return router;
}
