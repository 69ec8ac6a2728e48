import type { LimitCounts } from './limits/limit-counts.ts';
import type { Validator } from './openapi/validate.ts';
import type { World } from './world.ts';

/** What every part of the local Jira stands on, whoever else listens to it. */
export type SandboxCore = {
  world: World;
  /** Base URL for people and for the API, without a slash at the end. */
  url: string;
  /** The same server for this process itself, whatever address people use. */
  localUrl: string;
  now: () => number;
  log: (line: string) => void;
  /** Schedules the write of the data file. */
  save: () => void;
  client: { id: string; secret: string; name: string };
  validator: Validator;
  /** REST calls by operation id since the last reset. */
  calls: Map<string, number>;
  /** The milliseconds that answering them took, by operation id. */
  callMs: Map<string, number>;
  /** What the limits have counted; what they are is part of the world. */
  limitCounts: LimitCounts;
  /** Grows with every change of the world; pages reload when it does. */
  revision: number;
  /** The app whose REST call is being answered; null when a person acts. Handlers do not wait, so it is one at a time. */
  actingClientId: string | null;
};
