import { description } from '@userhero/shared/sync/description/description.ts';
import { type DescriptionForm, richForm } from '@userhero/shared/sync/description/to-description.ts';
import type { JiraEdit } from '@userhero/shared/sync/thing.ts';
import type { Jira, SyncedIssue } from '../jira/jira.ts';
import type { JiraFailure } from '../jira/jira-failure.ts';
import { comesBack, type Problem } from '../outcome.ts';
import { formAfter } from '../push/description.ts';
import { type Send, tracerOf } from './lock-and-decide.ts';
import { convertDescription } from './prepare-things.ts';
import type { VisitPorts } from './visit-ports.ts';

/** What became of an edit: what arrived, with the issue as Jira answered it; what Jira refused; and why it broke off. */
export type SentFields = {
  arrived: Send[];
  answer: SyncedIssue | null;
  refused: { send: Send; problem: Problem }[];
  /** Time mends it, or nobody knows whether Jira carried it out: what has not arrived is still open. */
  failure: JiraFailure | null;
};

/** What sending needs to know of a visit. */
export type Sending = {
  issueId: string;
  markdown: string;
  itemUrl: string;
  /** Puts the end of the claim off; `false` where it was lost. */
  renew(): Promise<boolean>;
  /** Remembers what goes to Jira in another form than was decided, before it goes. */
  remember(send: Send): Promise<boolean>;
};

const nothingSent: SentFields = { arrived: [], answer: null, refused: [], failure: null };

/**
 * Sends fields in one edit. Those that Jira refuses by name are left out and the rest is sent again; where it names
 * none, each is sent by itself. A description that it refuses goes shorter, or as plain paragraphs, before it is given up.
 */
export async function sendFields(
  ports: Pick<VisitPorts, 'writeDescription'>,
  jira: Pick<Jira, 'editSynced'>,
  about: Sending,
  sends: readonly Send[],
  form: DescriptionForm = richForm,
): Promise<SentFields> {
  if (sends.length === 0 || !(await about.renew())) return nothingSent;
  const answer = await jira.editSynced(about.issueId, joinEdits(sends.map(({ edit }) => edit)));
  if (answer.ok) return { ...nothingSent, arrived: [...sends], answer: answer.value };
  const { problem } = answer;
  if (answer.doubtful || comesBack(problem)) return { ...nothingSent, failure: answer };

  const simpler = formAfter(form, problem);
  const text = sends.find(({ thing }) => thing.name === description.name);
  if (simpler && text) {
    const resent = await inForm(ports, about, text, simpler);
    const others = sends.filter((send) => send !== text);
    if (resent) return sendFields(ports, jira, about, [...others, resent], simpler);
  }
  const named = sends.filter(({ thing }) =>
    problem.errors?.some(({ field }) => thing.jiraFields.includes(field)),
  );
  if (named.length === 0 && problem.code === 'jira_rejected' && sends.length > 1)
    return sendApart(ports, jira, about, sends);
  const refused = (named.length > 0 ? named : sends).map((send) => ({ send, problem }));
  const rest = named.length > 0 ? sends.filter((send) => !named.includes(send)) : [];
  const further = await sendFields(ports, jira, about, rest, form);
  return { ...further, refused: [...refused, ...further.refused] };
}

async function sendApart(
  ports: Pick<VisitPorts, 'writeDescription'>,
  jira: Pick<Jira, 'editSynced'>,
  about: Sending,
  sends: readonly Send[],
): Promise<SentFields> {
  const all: SentFields = { ...nothingSent, arrived: [], refused: [] };
  for (const send of sends) {
    const one = await sendFields(ports, jira, about, [send]);
    all.arrived.push(...one.arrived);
    all.refused.push(...one.refused);
    all.answer = one.answer ?? all.answer;
    if (one.failure) return { ...all, failure: one.failure };
  }
  return all;
}

/** The description in a simpler form, remembered as sent; `null` where it cannot be made, or the claim was lost. */
async function inForm(
  ports: Pick<VisitPorts, 'writeDescription'>,
  about: Sending,
  send: Send,
  form: DescriptionForm,
): Promise<Send | null> {
  const made = await convertDescription(ports, about.markdown, about.itemUrl, form);
  if (!made.ok || made.value.kind === 'none') return null;
  const { value, simplified } = made.value;
  const sent = {
    ...send.sent,
    there: tracerOf(send.thing)(send.thing.thereText(value)),
    original: simplified ? ('here' as const) : null,
  };
  const resent = { ...send, sent, edit: send.thing.edit(value, send.seen) };
  return (await about.remember(resent)) ? resent : null;
}

function joinEdits(edits: readonly JiraEdit[]): JiraEdit {
  return {
    fields: Object.assign({}, ...edits.map((edit) => edit.fields)),
    update: Object.assign({}, ...edits.map((edit) => edit.update)),
  };
}
