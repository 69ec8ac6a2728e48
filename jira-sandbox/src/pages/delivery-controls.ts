import { type ReleaseOrder, releaseOrders, waitingDeliveries } from '../webhooks/release-order.ts';
import { type Html, html } from './html.ts';
import type { Visit } from './visit.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** How late webhooks may be (developer.atlassian.com, Jira Cloud "Webhooks", "Webhook delivery"). */
const delays: [label: string, ms: number][] = [
  ['in time', 0],
  ['30 s late (primary)', 30 * second],
  ['15 min late (secondary)', 15 * minute],
];
const clocks: [label: string, ms: number][] = [
  ['right', 0],
  ['a day ahead', day],
  ['ten minutes ahead', 10 * minute],
  ['ten minutes behind', -10 * minute],
  ['a day behind', -day],
];
const orders: Record<ReleaseOrder, string> = {
  as_it_happened: 'as it happened',
  newest_first: 'the newest first',
  deletions_first: 'deletions before older updates',
};

/** When and in which order what Jira sends goes out, and what its clock says. */
export function deliveryPart({ sandbox: { world } }: Visit): Html {
  const { webhookDelayMs, automationDelayMs, holdDeliveries, clockSkewMs } = world.settings;
  const waiting = waitingDeliveries(world.deliveries, 'as_it_happened').length;
  return html`<form method="post" action="/controls/deliveries">
      ${choice('webhookDelayMs', 'Webhooks go out', delays, webhookDelayMs)}
      ${choice('automationDelayMs', 'Automation rules run', delays, automationDelayMs)}
      ${choice('clockSkewMs', 'The sites’ clocks are', clocks, clockSkewMs)}
      <div class="choice"><input type="checkbox" id="holdDeliveries" name="holdDeliveries" value="yes"${holdDeliveries ? html` checked` : null}>
        <label for="holdDeliveries">Hold what is sent until it is released</label></div>
      <button type="submit">Save</button></form>
    <form method="post" action="/controls/deliveries/release"><div class="field"><label for="order">${waiting} waiting; release them</label>
      <select id="order" name="order">${releaseOrders.map((one) => html`<option value="${one}">${orders[one]}</option>`)}</select></div>
      <button type="submit">Release</button></form>`;
}

function choice(name: string, label: string, options: [string, number][], now: number): Html {
  const known = options.some(([, ms]) => ms === now);
  const all: [string, number][] = known ? options : [...options, [`${now / second} s`, now]];
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${all.map(
    ([text, ms]) => html`<option value="${ms}"${ms === now ? html` selected` : null}>${text}</option>`,
  )}</select></div>`;
}

/** Saves lateness, clock and holding. */
export function saveDelivery(visit: Visit): void {
  const { world, save } = visit.sandbox;
  for (const name of ['webhookDelayMs', 'automationDelayMs', 'clockSkewMs'] as const) {
    const value = Number(visit.form[name]);
    if (visit.form[name] && Number.isFinite(value)) world.settings[name] = value;
  }
  world.settings.holdDeliveries = visit.form.holdDeliveries === 'yes';
  save();
  visit.done('/controls', 'Sending was changed.');
}

/** Sends everything that waits, one after the other. */
export function releaseFromPage(visit: Visit): void {
  const { world, queue, log } = visit.sandbox;
  const order = releaseOrders.find((one) => one === visit.form.order) ?? 'as_it_happened';
  const waiting = waitingDeliveries(world.deliveries, order);
  queue.release(waiting).catch((error) => log(`error: release: ${error}`));
  visit.done('/controls', `${waiting.length} on their way.`);
}
