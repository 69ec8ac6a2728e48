import { randomUUID } from 'node:crypto';
import type { SandboxCore } from '../sandbox-core.ts';
import type { Delivery } from '../world.ts';
import type { IssueEvent } from './issue-event.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { sendDelivery } from './send-delivery.ts';

const keptDeliveries = 500;
const sentAtOnce = 20;
const reorderFlushMs = 400;
const backoffFactor = 2;

export type DeliveryQueue = {
  /** Turns an event into deliveries and starts them. */
  accept: (event: IssueEvent) => void;
  /** Starts what was pending when the sandbox stopped. */
  resume: () => void;
  /** Sends a finished delivery again, as Jira's late repeats do. */
  repeat: (delivery: Delivery) => void;
  /** Sends waiting deliveries now, each after the one before it was answered. */
  release: (inOrder: readonly Delivery[]) => Promise<void>;
  stop: () => void;
};

/** Sends webhook deliveries with retries, and on demand late, twice or shuffled. */
export function createDeliveryQueue(sandbox: () => SandboxCore): DeliveryQueue {
  const timers = new Map<string, NodeJS.Timeout>();
  const waiting: Delivery[] = [];
  let shuffled: Delivery[] = [];
  let running = 0;
  let stopped = false;

  const schedule = (delivery: Delivery) => {
    if (stopped) return;
    const wait = Math.max(0, delivery.nextAttemptAt - sandbox().now());
    timers.set(
      delivery.id,
      setTimeout(() => {
        timers.delete(delivery.id);
        waiting.push(delivery);
        pump();
      }, wait).unref(),
    );
  };

  const pump = () => {
    while (!stopped && running < sentAtOnce) {
      const next = waiting.shift();
      if (!next) return;
      running += 1;
      attempt(next).finally(() => {
        running -= 1;
        pump();
      });
    }
  };

  const attempt = async (delivery: Delivery) => {
    const { world, save } = sandbox();
    const { retry, retryAfterMs, ...outcome } = await sendDelivery(sandbox(), delivery);
    delivery.attempts.push(outcome);
    // Automation's web request is not retried; a failure stands in the rule's audit log.
    const again =
      retry &&
      delivery.source !== 'automation' &&
      delivery.attempts.length < world.settings.maxDeliveryAttempts;
    if (again) {
      const backoff = world.settings.retryBaseMs * backoffFactor ** (delivery.attempts.length - 1);
      delivery.nextAttemptAt = sandbox().now() + Math.max(backoff, retryAfterMs);
      schedule(delivery);
    } else {
      const good = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
      delivery.state = good ? 'delivered' : 'failed';
    }
    save();
  };

  const launch = (delivery: Delivery) => {
    const { deliveryReorderWindow: window, holdDeliveries } = sandbox().world.settings;
    if (holdDeliveries) {
      delivery.state = 'held';
      return;
    }
    if (window <= 1) return schedule(delivery);
    shuffled.push(delivery);
    if (shuffled.length >= window) return flushShuffled();
    setTimeout(flushShuffled, reorderFlushMs).unref();
  };

  // Backwards is the worst order that a shuffle can give, and the same in every run.
  const flushShuffled = () => {
    const batch = shuffled.reverse();
    shuffled = [];
    batch.forEach(schedule);
  };

  const add = (delivery: Delivery) => {
    const { world } = sandbox();
    world.deliveries.push(delivery);
    const surplus = world.deliveries.length - keptDeliveries;
    if (surplus > 0) world.deliveries = trimmed(world.deliveries, surplus);
    launch(delivery);
  };

  let fraction = 0;
  return {
    accept: (event) => {
      const { world, url, save } = sandbox();
      for (const delivery of planDeliveries(world, url, event, sandbox().now())) {
        add(delivery);
        fraction += world.settings.deliveryDuplicates;
        if (fraction >= 1) {
          fraction -= 1;
          // A duplicate is the same delivery: same identifier, same body.
          add({ ...delivery, id: randomUUID(), attempts: [] });
        }
      }
      save();
    },
    resume: () => {
      for (const delivery of sandbox().world.deliveries) if (delivery.state === 'pending') schedule(delivery);
    },
    repeat: (delivery) => {
      add({ ...delivery, id: randomUUID(), attempts: [], state: 'pending', nextAttemptAt: sandbox().now() });
      sandbox().save();
    },
    release: async (inOrder) => {
      for (const delivery of inOrder) {
        if (delivery.state !== 'held' && !timers.has(delivery.id)) continue;
        clearTimeout(timers.get(delivery.id));
        timers.delete(delivery.id);
        delivery.state = 'pending';
        await attempt(delivery);
      }
    },
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Drops the oldest finished deliveries; those still to be sent stay whatever their number. */
function trimmed(deliveries: Delivery[], surplus: number): Delivery[] {
  let left = surplus;
  return deliveries.filter((one) => {
    if (left === 0 || one.state === 'pending' || one.state === 'held') return true;
    left -= 1;
    return false;
  });
}
