import type pg from 'pg';
import type { OpenJira } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import type { Points } from '../limits/with-points.ts';
import type { Db } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Write } from '../store/join-write.ts';
import type { WriteDescription } from './write-description.ts';

/** What pushing needs. */
export type PushPorts = {
  db: PrismaClient;
  pool: pg.Pool;
  openJira: OpenJira;
  points: Points;
  metadata: MetadataSource;
  writeDescription: WriteDescription;
  publicUrl: string;
  /** Names this process in a push's lease. */
  processId: string;
  waits: PushWaits;
  /** How long Jira's answer to a create is waited for; that of many issues takes longer. */
  answerMs: { one: number; many: number };
  now(): Date;
  sleep(ms: number): Promise<void>;
  /** Makes sure that a worker looks at the push again, within the transaction when there is one. */
  schedulePush(db: Db, pushId: string, afterSeconds: number): Promise<void>;
  /** The same in one statement with a write; `false` where the write had no row, and nothing was scheduled. */
  schedulePushWith(write: Write, pushId: string, afterSeconds: number): Promise<boolean>;
  /**
   * Queues what follows a push: the link back, and a reading of the issue that ends a move.
   *
   * @param movingBy whose move is to be ended; `null` where it is over
   */
  scheduleFollowUp(db: Db, referenceId: string, movingBy: string | null): Promise<void>;
  /** The same in one statement with a write. */
  scheduleFollowUpWith(write: Write, referenceId: string, movingBy: string | null): Promise<boolean>;
  /** A defect that must not pass unseen. */
  logError(error: unknown, message: string): void;
};

/** How long a push holds on and holds back. */
export type PushWaits = { leaseMs: number; searchLagMs: number };

/** Who holds a push's lease may talk to Jira for it; renewed before every call that changes something. */
export const leaseMs = 60_000;

/**
 * How long Jira may take to carry a create out that nobody waits for any more, and its search, which is eventually
 * consistent, to show the issue. Atlassian bounds neither: two searches that find nothing stand before a second create,
 * each after this long (`doubt.ts`).
 */
export const searchLagMs = 60_000;

/** How long a request waits for its push before it answers 202. */
export const requestWaitMs = 8_000;
