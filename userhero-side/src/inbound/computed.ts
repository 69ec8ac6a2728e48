import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';

/** What is to be written for one delivery. `pending`: it waits for a reading of its issue; the rule says why. */
export type DeliveryResult = { id: bigint; state: 'applied' | 'skipped' | 'held' | 'pending'; rule: string };

/** What is to be written for one reference and its item. */
export type ReferenceResult = {
  referenceId: string;
  adapterId: string;
  itemId: string;
  itemStatus: string;
  itemChanges: boolean;
  knownStatusId: string | null;
  knownStatusName: string | null;
  knownStatusCategory: string | null;
  knownResolutionId: string | null;
  knownResolutionName: string | null;
  lastChangelogId: string | null;
  lastChangedAtMs: number | null;
  lastWithoutIdAtMs: number | null;
  lastReadAtMs: number | null;
  lastReceivedAtMs: number | null;
  agreedStatus: string | null;
  statusApart: string | null;
  /** Somebody else moved the issue: a walk of ours that was under way is over. */
  walkEnds: boolean;
  /** When the reading began that was applied with this batch: what waited for one is settled. */
  readAtMs: number | null;
  issueKey: string;
  state: string;
};

export type ActivityResult = ActivityFact & {
  organizationId: string;
  /** `null`: it stands at the item only. */
  adapterId: string | null;
  /** `null`: it is about several items at once. */
  itemId: string | null;
  itemTitle: string | null;
  reason: string | null;
  actor: string;
  issueKey: string | null;
  issueUrl: string | null;
  deliveryId: bigint | null;
};

export type Computed = {
  deliveries: DeliveryResult[];
  references: ReferenceResult[];
  activities: ActivityResult[];
  /** References that Jira did not show, of which an event tells: they may be visible again. */
  lookAgain: { adapterId: string; referenceId: string }[];
  /** Adapters whose push left an issue elsewhere than it is. */
  misled: string[];
};
