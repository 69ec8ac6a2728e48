import type { Plan } from '@userhero/shared/domain/plan.ts';
import { planIncludesJira, planNames } from '@userhero/shared/domain/plan.ts';
import type { Priority } from '@userhero/shared/domain/priority.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import { englishPriorities } from '@userhero/shared/texts/names-en.ts';
import type { ReactNode } from 'react';

export type TagTone = 'plain' | 'good' | 'warn' | 'bad' | 'info';

/** A short word about a thing's state. */
export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return (
    <span className="uh-tag" data-tone={tone}>
      {children}
    </span>
  );
}

/** A project's plan. */
export function PlanTag({ plan }: { plan: Plan }) {
  return <Tag tone={planIncludesJira(plan) ? 'good' : 'plain'}>{planNames[plan]}</Tag>;
}

/** An item's priority; only the two that ask for attention are coloured. */
export function PriorityTag({ priority }: { priority: Priority }) {
  const tone = priority === 'urgent' ? 'bad' : priority === 'high' ? 'warn' : 'plain';
  return <Tag tone={tone}>{englishPriorities[priority]}</Tag>;
}

/** A status's name as its workflow spells it. */
export function statusName(workflow: WorkflowShape | undefined, slug: string): string {
  return workflow?.statuses.find((status) => status.slug === slug)?.name ?? slug;
}

/** An item's status; the dot's colour is the category that the status has by default. */
export function StatusLabel({ workflow, slug }: { workflow: WorkflowShape | undefined; slug: string }) {
  const tone = workflow ? (outboundRuleOf(defaultMapping(workflow), slug)?.category ?? 'new') : 'new';
  return (
    <span className="uh-status" data-tone={tone}>
      {statusName(workflow, slug)}
    </span>
  );
}
