import { z } from 'zod';

/** What a move leaves of `project` and `Key` in a Forge event's `changelog.items`. */
export const moveChangelogs = ['full', 'left_out', 'no_changelog'] as const;

/**
 * How the host plays what Atlassian leaves open or limits: each a switch, so that an app can be tried against every
 * possibility.
 */
export const forgeSettingsSchema = z.object({
  /** `asUser()` wants each person's consent once an app and site; otherwise installing the app was enough. */
  consentNeeded: z.boolean(),
  /** Headers that `invokeRemote` does not hand on, neither to the remote nor back, in small letters. */
  droppedHeaders: z.array(z.string().transform((name) => name.trim().toLowerCase())),
  /** How late events come; Forge says up to three minutes. */
  eventDelayMs: z.number().min(0).max(180_000),
  /** Events are kept until they are released. */
  holdEvents: z.boolean(),
  /** Bigger events are not delivered (docs, "Forge platform quotas and limits": 200 kB). */
  maxEventBytes: z.number().int().min(1),
  moveChangelog: z.enum(moveChangelogs),
  /** Whether `issue.fields.status` of an event has its category. */
  statusHasCategory: z.boolean(),
  /** Whether sub-tasks that go with their parent have an event of their own. */
  subtaskDeletes: z.boolean(),
  /** Whether a function's token has `context` and `principal`, as a page's has. */
  functionTokenHasContext: z.boolean(),
});
export type ForgeSettings = z.infer<typeof forgeSettingsSchema>;

/** As documented; of what is not documented, what an app has to stand. */
export const defaultForgeSettings: ForgeSettings = {
  consentNeeded: false,
  droppedHeaders: ['if-match'],
  eventDelayMs: 0,
  holdEvents: false,
  maxEventBytes: 200_000,
  moveChangelog: 'full',
  statusHasCategory: true,
  subtaskDeletes: false,
  functionTokenHasContext: false,
};
