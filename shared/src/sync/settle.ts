import type { Base, Original } from './decide.ts';

/**
 * A value on its way to Jira, written before Jira is called. `there` is `null` where nothing could be sent of it, so
 * that whatever Jira made of it counts.
 */
export type Sent = {
  here: string;
  there: string | null;
  original: Original | null;
  by: 'create' | 'edit';
};

/** What is known of the call that sent it. */
export type Witness = {
  /** Whether Jira answered the call. A create is only ever remembered once it was. */
  answered: boolean;
  /**
   * How many changes of the field the changelog shows: since the reading before the edit, or of the whole life of an
   * issue that we created. `null` where that was not read.
   */
  changes: number | null;
};

/**
 * The base after a send, from what Jira has now.
 *
 * Jira has what was sent, or what can only be its own form of it: that is the new pair. It has something else: the base
 * keeps what was sent, so that the next decision sees a change in Jira. After a lost answer the former base stays:
 * nothing arrived, or both sides have changed since.
 *
 * @param former the base before the send
 */
export function settle(sent: Sent, there: string, witness: Witness, former: Base | null): Base | null {
  const { here, original } = sent;
  if (sent.there === null || sent.there === there) return { here, there, original };
  if (!witness.answered) return former;
  const ours = sent.by === 'create' ? 0 : 1;
  const isOwnForm = witness.changes !== null && witness.changes <= ours;
  return { here, there: isOwnForm ? there : sent.there, original };
}
