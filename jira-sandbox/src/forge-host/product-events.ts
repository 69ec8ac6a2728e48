import { randomUUID } from 'node:crypto';
import { findSite } from '../issues/find.ts';
import type { IssueEvent } from '../webhooks/issue-event.ts';
import { eventBody, productEventTypes } from './event-body.ts';
import { passesFilter } from './event-filter.ts';
import { type ForgeHost, forgeState, type InstalledApp, installedApp } from './forge-host.ts';
import type { PendingEvent } from './forge-state.ts';
import type { FunctionResult } from './function-runner.ts';
import { type Invocation, recordInvocation } from './invocations.ts';
import type { TriggerModule } from './manifest.ts';
import { backendContext, runFunction } from './run-function.ts';

/** Forge's limits for retries of product events (docs, "Retry Atlassian app events"). */
const maxRetries = 4;
const maxRetryAfterSeconds = 900;
const minRetryAfterSeconds = 1;

/** Hands a change of an issue to the triggers that subscribed and whose filter lets it pass. */
export function emitProductEvents(host: ForgeHost, event: IssueEvent, selfGenerated: boolean): void {
  const app = installedApp(host, event.site);
  if (!app) return;
  const { world, url } = host.sandbox;
  const { settings } = forgeState(host);
  if (event.withParent && !settings.subtaskDeletes) return;
  for (const trigger of app.deployment.manifest.modules.trigger) {
    for (const eventType of productEventTypes(event)) {
      const subscription = subscriptionOf(trigger, eventType);
      if (!subscription) continue;
      const body = eventBody(world, url, event, {
        eventType,
        selfGenerated,
        moduleKey: trigger.key,
        extraFields: subscription.payload?.include.fields ?? [],
        settings,
      });
      const verdict = passesFilter(subscription.filter, body);
      if (verdict.log) host.sandbox.log(`forge: filter of ${trigger.key}: ${verdict.log}`);
      if (!verdict.passes) record(host, app, trigger, body, 0).outcome = 'filtered';
      else if (bytesOf(body) > settings.maxEventBytes) drop(host, app, trigger, body);
      else schedule(host, newEvent(host, app, trigger.key, body));
    }
  }
}

function bytesOf(body: Record<string, unknown>): number {
  return Buffer.byteLength(JSON.stringify(body));
}

/** Forge delivers no event over its limit, and tells nobody (docs, "Forge platform quotas and limits"). */
function drop(host: ForgeHost, app: InstalledApp, trigger: TriggerModule, body: Record<string, unknown>) {
  const dropped = record(host, app, trigger, body, 0);
  dropped.outcome = 'dropped';
  dropped.error = `The event has ${bytesOf(body)} bytes`;
}

/** The filter and payload options of an event: its own ones, or the trigger's. */
function subscriptionOf(trigger: TriggerModule, eventType: string) {
  for (const one of trigger.events) {
    if (one === eventType) return { filter: trigger.filter, payload: trigger.payload };
    if (typeof one !== 'string' && one.eventType === eventType) {
      return { filter: one.filter ?? trigger.filter, payload: one.payload ?? trigger.payload };
    }
  }
  return null;
}

/** Tells the app that it was installed, if it asked to be told. */
export function emitLifecycle(
  host: ForgeHost,
  app: InstalledApp,
  eventType: string,
  accountId: string,
): void {
  const { manifest, version } = app.deployment;
  for (const trigger of manifest.modules.trigger) {
    if (!subscriptionOf(trigger, eventType)) continue;
    const body = {
      eventType,
      id: app.installation.id,
      installer: { id: accountId },
      app: { id: manifest.app.id, version },
      context: { cloudId: app.site.cloudId, moduleKey: trigger.key },
    };
    schedule(host, newEvent(host, app, trigger.key, body));
  }
}

function newEvent(
  host: ForgeHost,
  app: InstalledApp,
  triggerKey: string,
  event: Record<string, unknown>,
): PendingEvent {
  const { world, now } = host.sandbox;
  const dueAt = now() + world.settings.deliveryDelayMs + forgeState(host).settings.eventDelayMs;
  const pending = { id: randomUUID(), siteSlug: app.site.slug, triggerKey, event, retryCount: 0, dueAt };
  forgeState(host).events.push(pending);
  host.sandbox.save();
  return pending;
}

/** Lets go what was held; events are delivered again as they happen. Answers how many there were. */
export function releaseEvents(host: ForgeHost): number {
  const state = forgeState(host);
  state.settings.holdEvents = false;
  const held = state.events.filter((one) => one.held);
  for (const pending of held) {
    pending.held = false;
    schedule(host, pending);
  }
  host.sandbox.save();
  return held.length;
}

/** Delivers what waited when the sandbox stopped. */
export function resumeEvents(host: ForgeHost): void {
  for (const pending of forgeState(host).events) schedule(host, pending);
}

function schedule(host: ForgeHost, pending: PendingEvent): void {
  const wait = Math.max(0, pending.dueAt - host.sandbox.now());
  setTimeout(() => void deliver(host, pending), wait).unref();
}

async function deliver(host: ForgeHost, pending: PendingEvent): Promise<void> {
  const state = forgeState(host);
  if (!state.events.includes(pending)) return;
  if (state.settings.holdEvents) {
    pending.held = true;
    return;
  }
  const site = findSite(host.sandbox.world, pending.siteSlug);
  const app = site ? installedApp(host, site) : null;
  const trigger = app?.deployment.manifest.modules.trigger.find((one) => one.key === pending.triggerKey);
  if (!app || !trigger) return forget(host, pending);
  const invocation = record(host, app, trigger, pending.event, pending.retryCount);
  const result = await runFunction(host, app, {
    functionKey: trigger.function,
    args: [pending.event, backendContext(app, null)],
    // A trigger runs for nobody; `asUser()` has no person there.
    facts: { accountId: null, module: { type: 'trigger', key: trigger.key } },
    invocation,
  });
  const wish = retryWish(result);
  if (!wish) return forget(host, pending);
  invocation.outcome = 'retry';
  if (pending.retryCount >= maxRetries) {
    host.sandbox.log(`forge: ${invocation.call} was given up after ${maxRetries} retries`);
    invocation.error = 'No retries are left';
    invocation.outcome = 'error';
    return forget(host, pending);
  }
  pending.retryCount += 1;
  const { retryBaseMs } = host.sandbox.world.settings;
  pending.dueAt = host.sandbox.now() + wish.afterSeconds * retryBaseMs;
  pending.event.retryContext = {
    retryCount: pending.retryCount,
    retryReason: wish.reason,
    ...(wish.data === undefined ? {} : { retryData: wish.data }),
  };
  host.sandbox.save();
  schedule(host, pending);
}

function forget(host: ForgeHost, pending: PendingEvent): void {
  const state = forgeState(host);
  state.events = state.events.filter((one) => one !== pending);
  host.sandbox.save();
}

function record(
  host: ForgeHost,
  app: InstalledApp,
  trigger: TriggerModule,
  event: Record<string, unknown>,
  retryCount: number,
): Invocation {
  const facts = {
    site: app.site.slug,
    kind: 'trigger',
    moduleKey: trigger.key,
    functionKey: trigger.function,
    call: String(event.eventType),
    accountId: null,
  } as const;
  return recordInvocation(host.invocations, host.sandbox.now(), facts, retryCount);
}

/**
 * Whether the event is to come again: the function returned what `InvocationError` of `@forge/events` becomes,
 * `{_retry: true, retryOptions}`, or the platform failed. An error that the function throws ends the event.
 */
function retryWish(result: FunctionResult): { afterSeconds: number; reason: string; data?: unknown } | null {
  if (!result.ok) return result.platform ? { afterSeconds: 1, reason: result.platform } : null;
  const { value } = result;
  if (typeof value !== 'object' || value === null || !('_retry' in value) || value._retry !== true)
    return null;
  const options: unknown = 'retryOptions' in value ? value.retryOptions : undefined;
  const read = (name: string): unknown =>
    typeof options === 'object' && options !== null ? Reflect.get(options, name) : undefined;
  const wished = Number(read('retryAfter') ?? minRetryAfterSeconds);
  return {
    afterSeconds: Math.min(maxRetryAfterSeconds, Math.max(minRetryAfterSeconds, wished || 0)),
    reason: String(read('retryReason') ?? 'FUNCTION_RETRY_REQUEST'),
    data: read('retryData'),
  };
}
