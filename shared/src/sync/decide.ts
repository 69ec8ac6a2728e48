import { type Rule, sends, takes } from './rule.ts';

/** The side whose value came over simplified, so that the other side holds less than it; `both` where each does. */
export type Original = 'here' | 'there' | 'both';

/**
 * What the item held and what Jira held when both last agreed. Conversions lose things, so no single value is "the"
 * agreed one: each side is only ever compared with its own half.
 */
export type Base = { here: string; there: string; original: Original | null };

export type Side = 'jira' | 'userhero';

/**
 * Why a person has to choose: the rule says so; the winner's way is barred by the direction; a simplified value would
 * replace its original; or both sides differ and were never brought together (the thing was switched on, or the issue
 * linked by hand).
 */
export type DecidedHold = 'ask' | 'differs' | 'simplified' | 'never_agreed';

export type Decision =
  | { kind: 'nothing' }
  /** Both sides say the same: the pair becomes the base. */
  | { kind: 'agree' }
  | { kind: 'send' }
  | { kind: 'take' }
  /** Both changes are brought together and go to both sides. */
  | { kind: 'merge' }
  | { kind: 'hold'; why: DecidedHold };

/** Texts, or traces of texts: they are only compared with each other. */
export type Question = {
  rule: Rule;
  base: Base | null;
  now: { here: string; there: string };
  /** Whether the two values say the same, asked only where it matters: it costs a conversion. */
  agree(): boolean;
  /** Whether two changes of this thing can both be kept. */
  canMerge: boolean;
  /** A person's answer to a hold: wins once, whatever the direction. */
  chosen: Side | null;
};

const send: Decision = { kind: 'send' };
const take: Decision = { kind: 'take' };
const nothing: Decision = { kind: 'nothing' };

/**
 * Decides what becomes of one thing of one reference. Each half of the base is compared with its own side:
 *
 * - neither differs: nothing; only one differs: it is sent or taken if the direction allows, else remembered;
 * - both differ: they agree, are merged, or the conflict rule names a winner;
 * - no base: agreeing values become it, differing ones are held. Switching a thing on changes no item and no issue.
 *
 * A winner whose way the direction bars is held, and so is a value that would replace an original of which it is only
 * the simplified copy.
 */
export function decide(question: Question): Decision {
  const { rule, base, now, chosen } = question;
  if (rule.direction === 'off') return nothing;
  const hereChanged = base === null || base.here !== now.here;
  const thereChanged = base === null || base.there !== now.there;
  if (!hereChanged && !thereChanged) return nothing;
  if (question.agree()) return { kind: 'agree' };
  if (chosen !== null) return chosen === 'jira' ? take : send;
  if (base === null) return { kind: 'hold', why: 'never_agreed' };
  if (!thereChanged) return sends(rule) ? guarded(send, base) : nothing;
  if (!hereChanged) return takes(rule) ? guarded(take, base) : nothing;
  if (rule.direction === 'both' && question.canMerge) return { kind: 'merge' };
  return settleConflict(rule, base);
}

function settleConflict(rule: Rule, base: Base): Decision {
  if (rule.onConflict === 'ask') return { kind: 'hold', why: 'ask' };
  const winner = rule.onConflict === 'jira' ? take : send;
  const isBarred = rule.onConflict === 'jira' ? !takes(rule) : !sends(rule);
  return isBarred ? { kind: 'hold', why: 'differs' } : guarded(winner, base);
}

/** A shortened or flattened text never replaces its original unasked. */
function guarded(decision: Decision, { original }: Base): Decision {
  const replaced = decision.kind === 'take' ? 'here' : 'there';
  return original === replaced || original === 'both' ? { kind: 'hold', why: 'simplified' } : decision;
}
