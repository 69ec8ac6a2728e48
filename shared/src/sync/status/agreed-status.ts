import type { Decision, Side } from '../decide.ts';
import { type Rule, sends } from '../rule.ts';

/**
 * What a reference keeps of both sides' status: what the item had when they last agreed, while an edit of it has not
 * reached Jira, and the name of Jira's status while that was not taken. Missing or `null`: there is no such thing.
 */
export type StatusPair = { itemStatus: string; agreed?: string | null; apart?: string | null };

/** Whether the item's status was edited here and Jira has not got it. */
export function isEdited({ itemStatus, agreed }: StatusPair): boolean {
  return (agreed ?? itemStatus) !== itemStatus;
}

/** Whether Jira's status was not taken. */
export function isApart({ apart }: StatusPair): boolean {
  return (apart ?? null) !== null;
}

/** Both sides agree now: what one of them lacked is forgotten. */
export function asAgreed<Pair extends StatusPair>(pair: Pair): Pair {
  return (pair.agreed ?? pair.apart ?? null) === null ? pair : { ...pair, agreed: null, apart: null };
}

/** The agreed status once an edit has changed the item's; `null` where it is the agreed one again. */
export function agreedAfterEdit({ itemStatus, agreed }: StatusPair, edited: string): string | null {
  const former = agreed ?? itemStatus;
  return former === edited ? null : former;
}

/**
 * What a visit does about the status. It never takes one: that is `applyEvent`'s, which has left `apart` what it could
 * not take. An edit is sent, unless it meets such a status and the rule does not say that UserHero's counts.
 *
 * @param chosen a person's answer to a hold, whatever the direction
 */
export function decideStatus(rule: Rule, pair: StatusPair, chosen: Side | null): Decision {
  if (rule.direction === 'off') return { kind: 'nothing' };
  if (chosen !== null && (isEdited(pair) || isApart(pair)))
    return { kind: chosen === 'jira' ? 'take' : 'send' };
  if (!isEdited(pair)) return { kind: 'nothing' };
  if (!isApart(pair)) return { kind: sends(rule) ? 'send' : 'nothing' };
  if (rule.onConflict === 'ask') return { kind: 'hold', why: 'ask' };
  const isSent = rule.onConflict === 'userhero' && sends(rule);
  return isSent ? { kind: 'send' } : { kind: 'hold', why: 'differs' };
}
