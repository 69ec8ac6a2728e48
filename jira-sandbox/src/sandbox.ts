import type { RunningForgeHost } from './forge-host/start-forge-host.ts';
import type { SandboxCore } from './sandbox-core.ts';
import type { DeliveryQueue } from './webhooks/delivery-queue.ts';
import type { IssueEvent } from './webhooks/issue-event.ts';

/** What every part of the local Jira works with; handed over as the first argument, never global. */
export type Sandbox = SandboxCore & {
  /** Called by every change of an issue; turns it into webhook deliveries. */
  emit: (event: IssueEvent) => void;
  queue: DeliveryQueue;
  /** The Forge host, where one was started. */
  forge: RunningForgeHost | null;
};
