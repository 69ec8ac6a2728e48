import type { HeldThing } from '@userhero/shared/contracts/sync.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { readSettings } from '@userhero/shared/sync/settings.ts';
import { decideStatus } from '@userhero/shared/sync/status/agreed-status.ts';
import { readChosenStatus } from './chosen-status.ts';

/** What of a reference and its item says whether the status is held. */
export type StatusFacts = {
  itemStatus: string;
  statuses: WorkflowShape['statuses'];
  agreedStatus: string | null;
  statusApart: string | null;
  /** What is kept of a person's answer; see `readChosenStatus`. */
  answer: unknown;
  adapter: { sync: unknown; sendChanges: boolean };
  at: Date;
};

/** The status, where it rests until a person chooses: an edit here met one in Jira that was not taken. */
export function presentStatusHold(facts: StatusFacts): HeldThing | null {
  const { itemStatus, statusApart } = facts;
  const { status: rule } = readSettings(facts.adapter.sync, facts.adapter.sendChanges);
  const decision = decideStatus(rule, { itemStatus, agreed: facts.agreedStatus, apart: statusApart }, null);
  if (decision.kind !== 'hold' || statusApart === null) return null;
  return {
    thing: 'status',
    why: decision.why,
    here: facts.statuses.find(({ slug }) => slug === itemStatus)?.name ?? itemStatus,
    there: statusApart,
    refusal: null,
    chosen: readChosenStatus(facts.answer, { itemStatus, statusApart }),
    at: facts.at.toISOString(),
  };
}
