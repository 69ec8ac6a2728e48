import { Router } from 'express';
import type { Sandbox } from '../sandbox.ts';
import { fieldControls } from './field-controls.ts';
import { permissionControls } from './permission-controls.ts';
import { priorityControls } from './priority-controls.ts';
import { projectControls } from './project-controls.ts';
import { screenControls } from './screen-controls.ts';
import { siteControls } from './site-controls.ts';
import { statusControls } from './status-controls.ts';
import { transitionControls } from './transition-controls.ts';
import { workflowControls } from './workflow-controls.ts';
import type { WorldControl } from './world-control.ts';

/** Everything that changes a site while it runs, in the order of the page. */
export const worldControls: WorldControl[] = [
  ...permissionControls,
  ...projectControls,
  ...fieldControls,
  ...screenControls,
  ...priorityControls,
  ...siteControls,
  ...statusControls,
  ...workflowControls,
  ...transitionControls,
];

/** The same controls as JSON: the parameters of the path and the body are one wish. */
export function worldControlRouter(sandbox: Sandbox): Router {
  const router = Router();
  for (const control of worldControls) {
    router.post(control.path, (request, response) => {
      response.json(control.change(sandbox, { ...request.body, ...request.params }));
    });
  }
  return router;
}
