import { filterProblem } from '../jql/read-filter.ts';
import { filterGivenBack } from '../jql/write-filter.ts';
import type { DynamicWebhook } from '../world.ts';
import { type Answer, type Call, errors, type Operation, page, record, strings } from './operation.ts';

/** Webhooks of apps expire after 30 days unless refreshed. */
const lifetimeMs = 30 * 24 * 3_600_000;
/** "OAuth 2.0 apps: 5 per app per user on a tenant" (developer.atlassian.com/cloud/jira/platform/webhooks). */
const perUserLimit = 5;
const scopes = ['read:jira-work', 'manage:jira-webhook'];

export const dynamicWebhookOperations: Operation[] = [
  { id: 'registerDynamicWebhooks', method: 'POST', path: '/webhook', scopes, handle: register },
  {
    id: 'getDynamicWebhooksForApp',
    method: 'GET',
    path: '/webhook',
    scopes,
    handle: (call) => {
      const { values, ...rest } = page(call, ownWebhooks(call), 100);
      return {
        status: 200,
        body: {
          ...rest,
          values: values.map((one) => present(call, one)),
        },
      };
    },
  },
  {
    id: 'deleteWebhookById',
    method: 'DELETE',
    path: '/webhook',
    scopes,
    handle: (call) => {
      const ids = idsOf(call);
      if (ids.length === 0) return errors(400, ['The list of webhook IDs is missing.']);
      const own = ownWebhooks(call);
      call.site.dynamicWebhooks = call.site.dynamicWebhooks.filter(
        (one) => !(ids.includes(one.id) && own.includes(one)),
      );
      call.sandbox.save();
      return { status: 202 };
    },
  },
  {
    id: 'refreshWebhooks',
    method: 'PUT',
    path: '/webhook/refresh',
    scopes,
    handle: (call) => {
      const ids = idsOf(call);
      const expiresAt = call.sandbox.now() + lifetimeMs;
      for (const one of ownWebhooks(call)) if (ids.includes(one.id)) one.expiresAt = expiresAt;
      call.sandbox.save();
      return { status: 200, body: { expirationDate: expiresAt } };
    },
  },
  {
    id: 'getFailedWebhooks',
    method: 'GET',
    path: '/webhook/failed',
    scopes,
    handle: (call) => ({ status: 200, body: { maxResults: 100, values: failedDeliveries(call) } }),
  },
];

function ownWebhooks(call: Call): DynamicWebhook[] {
  return call.site.dynamicWebhooks.filter(
    (one) =>
      one.clientId === call.grant.clientId &&
      one.accountId === call.account.accountId &&
      one.expiresAt > call.sandbox.now(),
  );
}

function idsOf(call: Call): number[] {
  const ids = record(call.body).webhookIds;
  return Array.isArray(ids) ? ids.map(Number) : [];
}

function register(call: Call): Answer {
  const body = record(call.body);
  const url = typeof body.url === 'string' ? body.url : '';
  if (!URL.canParse(url)) return errors(400, ['The url of the webhooks is not valid.']);
  const own = ownWebhooks(call);
  const wanted = Array.isArray(body.webhooks) ? body.webhooks.map(record) : [];
  const results = wanted.map((one) => {
    const jqlFilter = typeof one.jqlFilter === 'string' ? one.jqlFilter : '';
    const problem = registrationProblem(call, own, url, jqlFilter);
    if (problem) return { errors: [problem] };
    const webhook: DynamicWebhook = {
      id: call.site.nextWebhookId,
      clientId: call.grant.clientId,
      accountId: call.account.accountId,
      url,
      events: strings(one.events),
      jqlFilter,
      ...listsOf(one),
      expiresAt: call.sandbox.now() + lifetimeMs,
    };
    call.site.nextWebhookId += 1;
    call.site.dynamicWebhooks.push(webhook);
    own.push(webhook);
    return { createdWebhookId: webhook.id };
  });
  call.sandbox.save();
  return { status: 200, body: { webhookRegistrationResult: results } };
}

type Lists = Pick<DynamicWebhook, 'fieldIdsFilter' | 'issuePropertyKeysFilter'>;

/** The filters of fields and properties: an absent one lets all pass. */
function listsOf({ fieldIdsFilter, issuePropertyKeysFilter }: Record<string, unknown>): Lists {
  return {
    ...(Array.isArray(fieldIdsFilter) ? { fieldIdsFilter: strings(fieldIdsFilter) } : {}),
    ...(Array.isArray(issuePropertyKeysFilter)
      ? { issuePropertyKeysFilter: strings(issuePropertyKeysFilter) }
      : {}),
  };
}

/** A webhook as Jira gives it back. */
function present(call: Call, webhook: DynamicWebhook) {
  const { webhookFilterForm, webhookListForm } = call.sandbox.world.settings;
  const { id, url, events, jqlFilter, fieldIdsFilter, issuePropertyKeysFilter, expiresAt } = webhook;
  const given = (list: string[]) =>
    webhookListForm === 'unchanged' ? list : [...list.toReversed(), ...list.slice(0, 1)];
  return {
    id,
    url,
    events,
    jqlFilter: filterGivenBack(call.site, jqlFilter, webhookFilterForm),
    ...(fieldIdsFilter ? { fieldIdsFilter: given(fieldIdsFilter) } : {}),
    ...(issuePropertyKeysFilter ? { issuePropertyKeysFilter: given(issuePropertyKeysFilter) } : {}),
    expirationDate: expiresAt,
  };
}

function registrationProblem(
  call: Call,
  own: DynamicWebhook[],
  url: string,
  jqlFilter: string,
): string | null {
  if (own.length >= perUserLimit) return `The maximum of ${perUserLimit} webhooks per user has been reached.`;
  if (ofApp(call).some((one) => one.url !== url)) {
    return 'Only a single URL per app is allowed to be registered.';
  }
  if (jqlFilter.trim() === '') return 'The JQL filter must not be empty.';
  const { webhookProjects } = call.sandbox.world.settings;
  return filterProblem(call.site, jqlFilter, { projects: webhookProjects });
}

/** The live webhooks of the calling app: of all users, on all sites. */
function ofApp(call: Call): DynamicWebhook[] {
  return call.sandbox.world.sites
    .flatMap((site) => site.dynamicWebhooks)
    .filter((one) => one.clientId === call.grant.clientId && one.expiresAt > call.sandbox.now());
}

function failedDeliveries(call: Call) {
  const own = new Set(ownWebhooks(call).map((one) => String(one.id)));
  return call.sandbox.world.deliveries
    .filter((one) => one.source === 'dynamic' && one.siteSlug === call.site.slug)
    .filter((one) => one.state === 'failed' && own.has(one.sourceId))
    .map((one) => ({
      id: one.identifier,
      body: one.body,
      url: one.url,
      failureTime: one.attempts.at(-1)?.at ?? one.createdAt,
    }));
}
