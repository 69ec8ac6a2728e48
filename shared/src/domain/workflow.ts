import { z } from 'zod';

/** The kinds of workflow that UserHero knows. `custom` has statuses of the team's own. */
export const workflowKindSchema = z.enum(['issues', 'tickets', 'leads', 'custom']);
export type WorkflowKind = z.infer<typeof workflowKindSchema>;

/** A status of a workflow: `slug` is its identity, `name` is for people. */
export const workflowStatusSchema = z.object({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug has lower-case letters, digits and single hyphens'),
  name: z.string().trim().min(1).max(60),
});
export type WorkflowStatus = z.infer<typeof workflowStatusSchema>;

/** What the mapping needs to know of a workflow. */
export type WorkflowShape = { kind: WorkflowKind; statuses: readonly WorkflowStatus[] };

/** A mapping outlives the statuses that it was made for; what it says of a lost one is passed over. */
export function hasStatus(workflow: WorkflowShape, slug: string): boolean {
  return workflow.statuses.some((status) => status.slug === slug);
}

/** The statuses of the three ready-made workflows, in the order of the product documentation. */
export const defaultStatuses: Record<Exclude<WorkflowKind, 'custom'>, readonly WorkflowStatus[]> = {
  issues: [
    { slug: 'open', name: 'Open' },
    { slug: 'in-progress', name: 'In Progress' },
    { slug: 'resolved', name: 'Resolved' },
    { slug: 'closed', name: 'Closed' },
  ],
  tickets: [
    { slug: 'new', name: 'New' },
    { slug: 'awaiting-response', name: 'Awaiting Response' },
    { slug: 'in-progress', name: 'In Progress' },
    { slug: 'resolved', name: 'Resolved' },
    { slug: 'closed', name: 'Closed' },
  ],
  leads: [
    { slug: 'new', name: 'New' },
    { slug: 'contacted', name: 'Contacted' },
    { slug: 'qualified', name: 'Qualified' },
    { slug: 'proposal', name: 'Proposal' },
    { slug: 'won', name: 'Won' },
    { slug: 'lost', name: 'Lost' },
  ],
};
