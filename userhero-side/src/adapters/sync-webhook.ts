import { itemPropertyKey, type Jira, type JiraAnswer, type RegisteredWebhook } from '../jira/jira.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { coversExactly, type NamedProject, projectFilter } from './project-filter.ts';
import { isSameList } from './webhook-fields.ts';

const events = ['jira:issue_updated', 'jira:issue_deleted'] as const;
/** "OAuth 2.0 apps: 5 per app per user on a tenant" (developer.atlassian.com/cloud/jira/platform/webhooks). */
const mostWebhooks = 5;

/** Of all properties only ours, should Jira ever send more than the events that were asked for. */
const propertyKeys = [itemPropertyKey];

/** What one webhook should be: where it sends, and for which projects; none, where there are no projects. */
export type WantedWebhook = {
  url: string;
  projects: readonly NamedProject[];
  /** The fields whose changes it sends, so that a busy project's other edits stay in Jira. */
  fields: readonly string[];
  /** That we had one at this URL before: a webhook of another URL is not our own former one then. */
  wasOurs: boolean;
};

/**
 * Makes the account's webhooks on the site the wanted one. An OAuth app has one URL only, so those
 * of a former URL of ours go first.
 *
 * Errors: `jira_rejected`, also when another deployment has taken the OAuth app's URL; `jira_…`.
 */
export async function syncWebhook(jira: Jira, wanted: WantedWebhook): Promise<Outcome<null>> {
  const present = await jira.registeredWebhooks();
  if (!present.ok) return present;
  const ours = present.value.filter(({ url }) => url === wanted.url);
  const foreign = present.value.filter(({ url }) => url !== wanted.url);
  const [other] = foreign;
  if (other && ours.length === 0 && wanted.wasOurs) return failure(takenBy(other.url));
  if (other) {
    const removed = await jira.deleteWebhooks(foreign.map(({ id }) => id));
    if (!removed.ok) return removed;
  }
  const right = ours.find((one) => isRight(one, wanted));
  const others = ours.filter((one) => one !== right).map(({ id }) => id);
  const isFull = !right && ours.length >= mostWebhooks;
  const remove = () => (others.length > 0 ? jira.deleteWebhooks(others) : success(null));
  if (isFull) {
    const removed = await remove();
    if (!removed.ok) return removed;
  }
  if (wanted.projects.length > 0) {
    // The new one first, where there is room: better an event twice than none.
    const kept = right ? await jira.refreshWebhooks([right.id]) : await register(jira, wanted);
    if (!kept.ok) return kept;
  }
  const removed = isFull ? success(null) : await remove();
  return removed.ok ? success(null) : removed;
}

function isRight(webhook: RegisteredWebhook, { projects, fields }: WantedWebhook): boolean {
  return (
    projects.length > 0 &&
    coversExactly(webhook.jqlFilter, projects) &&
    events.every((event) => webhook.events.includes(event)) &&
    isSameList(webhook.fieldIds, fields) &&
    isSameList(webhook.propertyKeys, propertyKeys)
  );
}

/** By id first: a key can change. Atlassian documents keys, so those are tried where ids are refused. */
async function register(
  jira: Jira,
  { url, projects, fields: fieldIds }: WantedWebhook,
): Promise<JiraAnswer<number>> {
  const registerBy = (by: 'id' | 'key') =>
    jira.registerWebhook(url, { jqlFilter: projectFilter(projects, by), events, fieldIds, propertyKeys });
  const byId = await registerBy('id');
  if (byId.ok || byId.problem.code !== 'jira_rejected') return byId;
  const byKey = await registerBy('key');
  return byKey.ok ? byKey : byId;
}

/** Two deployments with one OAuth app: only one of them can have its events. */
export function takenBy(url: string | null) {
  const whose = url === null ? '' : `, ${originOf(url)},`;
  return {
    code: 'jira_rejected' as const,
    detail: `Another deployment${whose} uses the same OAuth app, and Jira sends an app's events to one address only.`,
    remedy:
      'Give each deployment an OAuth app of its own (docs/operations.md), or create a webhook in Jira by hand. Until then, the hourly search finds what changed.',
  };
}

/** The path of a stranger's address may hold a secret. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'whose address cannot be read';
}
