import { z } from 'zod';

/**
 * What the local Jira limits, and how it says so. The numbers are Atlassian's
 * (developer.atlassian.com/cloud/jira/platform/rate-limiting, read in 2026), except for the pool, which is so large
 * that only those who make it smaller meet its end.
 */
export type LimitSettings = {
  /** Points of one window that an OAuth app has over all sites; Atlassian gives 65,000. */
  points: number;
  /** Points of one window that an app has on a site with a pool of its own. */
  sitePoints: number;
  /** The sites, by slug, that have a pool of their own for each app. */
  sitesWithPool: string[];
  /** How long a window is: the full hour by Jira's clock, or a minute as its hour. */
  windowMs: number;
  /** How far the clock of the limits is ahead of this machine's; negative when it is behind. */
  clockAheadMs: number;
  /** What every price is multiplied by: Jira may charge otherwise than its page says. */
  priceFactor: number;
  /** Calls a second of one site, endpoint and method, of GET and POST each. */
  getsAndPosts: number;
  /** The same of PUT and DELETE each. */
  putsAndDeletes: number;
  /** How many seconds' worth of calls may come at once: occasional peaks pass. 1 is strict. */
  burstSeconds: number;
  /** Writes of one issue within 2 s. */
  issueWritesShort: number;
  /** Writes of one issue within 30 s. */
  issueWritesLong: number;
  /**
   * `documented`; `several`: policies of bursts beside them; `beta`: `Beta-` before every name; `wrong`: `t` and the
   * reset are wrong, and a refusal has no policy, as seen in March 2026; `none`.
   */
  headers: 'documented' | 'several' | 'beta' | 'wrong' | 'none';
  /** The `Retry-After` of a refusal; `hour` is 3600 wherever the hour stands, as was seen. */
  retryAfter: 'right' | 'absent' | 'zero' | 'hour';
  /** The `RateLimit-Reason` of a refusal. */
  reason: 'documented' | 'unknown' | 'absent';
};

/** At first: as documented, with a pool that nobody empties by accident. */
export const defaultLimits: LimitSettings = {
  points: 1_000_000,
  sitePoints: 1_000_000,
  sitesWithPool: [],
  windowMs: 3_600_000,
  clockAheadMs: 0,
  priceFactor: 1,
  getsAndPosts: 100,
  putsAndDeletes: 50,
  burstSeconds: 3.5,
  issueWritesShort: 20,
  issueWritesLong: 100,
  headers: 'documented',
  retryAfter: 'right',
  reason: 'documented',
};

/** The numbers, with their labels on the page. */
export const limitNumbers = [
  { name: 'points', label: 'Points of an app in a window, over all sites' },
  { name: 'sitePoints', label: 'Points of an app on a site with its own pool' },
  { name: 'windowMs', label: 'A window is long (ms)' },
  { name: 'clockAheadMs', label: 'The clock of the limits is ahead by (ms)' },
  { name: 'priceFactor', label: 'Every price is multiplied by' },
  { name: 'getsAndPosts', label: 'GET and POST a second, for each endpoint of a site' },
  { name: 'putsAndDeletes', label: 'PUT and DELETE a second, for each endpoint of a site' },
  { name: 'burstSeconds', label: 'Seconds’ worth of calls that may come at once' },
  { name: 'issueWritesShort', label: 'Writes of an issue in 2 s' },
  { name: 'issueWritesLong', label: 'Writes of an issue in 30 s' },
] as const satisfies { name: keyof LimitSettings; label: string }[];

/** The choices, the documented or likelier value first. */
export const limitChoices = [
  {
    name: 'headers',
    label: 'The headers of the limits are',
    values: ['documented', 'several', 'beta', 'wrong', 'none'],
  },
  { name: 'retryAfter', label: 'Retry-After of a refusal is', values: ['right', 'absent', 'zero', 'hour'] },
  { name: 'reason', label: 'RateLimit-Reason of a refusal is', values: ['documented', 'unknown', 'absent'] },
] as const;

/** What the controls take: some of the settings, and no others. */
export const limitShape = z
  .object({
    points: z.number().min(0),
    sitePoints: z.number().min(0),
    sitesWithPool: z.array(z.string()),
    windowMs: z.number().min(100),
    clockAheadMs: z.number(),
    priceFactor: z.number().min(0),
    getsAndPosts: z.number().min(1),
    putsAndDeletes: z.number().min(1),
    burstSeconds: z.number().min(1),
    issueWritesShort: z.number().int().min(1),
    issueWritesLong: z.number().int().min(1),
    headers: z.enum(limitChoices[0].values),
    retryAfter: z.enum(limitChoices[1].values),
    reason: z.enum(limitChoices[2].values),
  })
  .partial()
  .strict() satisfies z.ZodType<Partial<LimitSettings>>;
