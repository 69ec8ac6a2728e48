import { settle } from '@userhero/shared/sync/settle.ts';
import type { SyncedIssue } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { type KeptState, lockStates, nothingKept, saveStates } from './base-store.ts';
import { changesOf, type Send, shownThere, traceThere } from './lock-and-decide.ts';
import type { SentFields } from './send-fields.ts';
import { type Claim, holdsClaim } from './visit-store.ts';

/** Remembers a value in the form in which it goes to Jira now. `false`: the claim was lost. */
export function rememberSend(db: PrismaClient, claim: Claim, { thing, sent }: Send): Promise<boolean> {
  return changeStates(db, claim, (states) => {
    const state = states.get(thing.name) ?? nothingKept;
    return new Map([[thing.name, { ...state, sent }]]);
  });
}

/**
 * Settles what Jira has answered: the base is what was sent and what Jira made of it.
 *
 * @param before the reading that the visit began with, so that a change of somebody else in between is seen
 */
export function settleSends(
  db: PrismaClient,
  claim: Claim,
  { arrived, answer }: SentFields,
  before: SyncedIssue,
): Promise<boolean> {
  return changeStates(db, claim, (states) => {
    const settled = new Map<string, KeptState>();
    for (const { thing, sent } of answer ? arrived : []) {
      const there = answer && traceThere(thing, answer);
      if (there === null) continue;
      const state = states.get(thing.name) ?? nothingKept;
      const witness = { answered: true, changes: changesOf(thing, answer as SyncedIssue, before) };
      const base = settle(sent, there, witness, state.base);
      settled.set(thing.name, { base, sent: null, replaced: null, hold: null });
    }
    return settled;
  });
}

/** Lets what Jira refused rest, with what it said, until the item's value is another one. */
export function holdRefused(
  db: PrismaClient,
  claim: Claim,
  refused: readonly { send: Send; problem: Problem }[],
  read: SyncedIssue,
  now: Date,
): Promise<boolean> {
  return changeStates(db, claim, (states) => {
    const held = new Map<string, KeptState>();
    for (const { send, problem } of refused) {
      const { thing, sent, seen } = send;
      const state = states.get(thing.name) ?? nothingKept;
      const hold = {
        why: 'refused' as const,
        here: sent.here,
        there: traceThere(thing, read) ?? '',
        value: shownThere(thing, seen),
        refusal: problem.detail,
        at: now.toISOString(),
      };
      held.set(thing.name, { ...state, sent: null, hold });
    }
    return held;
  });
}

function changeStates(
  db: PrismaClient,
  claim: Claim,
  change: (states: ReadonlyMap<string, KeptState>) => ReadonlyMap<string, KeptState>,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const states = await lockStates(tx, claim.referenceId);
    if (!(await holdsClaim(tx, claim))) return false;
    await saveStates(tx, claim.referenceId, change(states));
    return true;
  });
}
