import { planIncludesJira } from '@userhero/shared/domain/plan.ts';
import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import { newId } from '../store/ids.ts';
import type { Command } from './command.ts';
import { onlyOne, organizationsNamed } from './find-place.ts';
import { plans, readPlan } from './set-plan.ts';

type ReadyKind = keyof typeof defaultStatuses;
const kinds = Object.keys(defaultStatuses) as ReadyKind[];
const names: Record<ReadyKind, string> = { issues: 'Issues', tickets: 'Tickets', leads: 'Leads' };

/** `create-project`: a project with its workflows, since an adapter connects one of them. */
export const createProject: Command = {
  name: 'create-project',
  about:
    'Adds a project to an organization, with ready-made workflows: an adapter connects one of them to Jira.',
  options: {
    organization: { about: 'the name or id of the organization', required: true },
    name: { about: 'the project’s name', required: true },
    plan: { about: plans, required: true },
    workflows: { about: `some of ${kinds.join(', ')}, separated by commas; issues unless given` },
  },
  async run({ database: { prisma } }, { organization = '', name = '', plan = '', workflows = 'issues' }) {
    const read = readPlan(plan);
    if (!read.ok) return read;
    const wanted = readKinds(workflows);
    if (!wanted.ok) return wanted;
    const owner = onlyOne('organization', organization, await organizationsNamed(prisma, organization));
    if (!owner.ok) return owner;
    const id = newId();
    await inTransaction(prisma, async (tx) => {
      await tx.project.create({ data: { id, organizationId: owner.value.id, name, plan: read.value } });
      for (const kind of wanted.value) {
        const statuses = [...defaultStatuses[kind]];
        await tx.workflow.create({ data: { id: newId(), projectId: id, name: names[kind], kind, statuses } });
      }
    });
    return success({
      ok: true,
      lines: [
        `project: ${id}`,
        `plan: ${read.value}${planIncludesJira(read.value) ? '' : ' (without Jira sync)'}`,
        `workflows: ${wanted.value.map((kind) => names[kind]).join(', ')}`,
      ],
    });
  },
};

function readKinds(text: string): Outcome<ReadyKind[]> {
  const wanted = [...new Set(text.split(',').map((kind) => kind.trim().toLowerCase()))];
  const unknown = wanted.find((kind) => !kinds.some((known) => known === kind));
  if (unknown === undefined) return success(kinds.filter((kind) => wanted.includes(kind)));
  return failure({
    code: 'validation_failed',
    detail: `There is no workflow "${unknown}". Choose some of ${kinds.join(', ')}.`,
  });
}
