import { z } from 'zod';
import { planSchema } from '../domain/plan.ts';
import { workflowKindSchema, workflowStatusSchema } from '../domain/workflow.ts';

/** A workflow of a project. */
export const workflowSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  kind: workflowKindSchema,
  statuses: z.array(workflowStatusSchema),
  itemCount: z.number().int(),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** `POST /api/projects/:id/workflows`. A ready-made kind brings its statuses; `custom` must name them. */
export const createWorkflowSchema = z
  .object({
    name: z.string().trim().min(1).max(80),
    kind: workflowKindSchema,
    statuses: z.array(workflowStatusSchema).min(1).max(50).optional(),
  })
  .refine((input) => input.kind !== 'custom' || input.statuses !== undefined, {
    path: ['statuses'],
    message: 'A custom workflow needs its statuses.',
  })
  .refine(
    (input) => new Set(input.statuses?.map((status) => status.slug)).size === (input.statuses?.length ?? 0),
    {
      path: ['statuses'],
      message: 'Each status needs a slug of its own.',
    },
  );
export type CreateWorkflow = z.infer<typeof createWorkflowSchema>;

/** A UserHero project. `jiraIncluded` says whether its plan has the Jira adapter. */
export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  plan: planSchema,
  jiraIncluded: z.boolean(),
  workflows: z.array(workflowSchema),
});
export type Project = z.infer<typeof projectSchema>;
