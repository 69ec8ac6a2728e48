import type pg from 'pg';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { OpenJira } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import type { Points } from '../limits/with-points.ts';
import type { WriteDescription } from '../push/write-description.ts';
import type { PrismaClient } from '../store/generated/client.ts';

/** What a visit needs. */
export type VisitPorts = {
  db: PrismaClient;
  pool: pg.Pool;
  openJira: OpenJira;
  points: Points;
  metadata: MetadataSource;
  writeDescription: WriteDescription;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  publicUrl: string;
  waits: VisitWaits;
  now(): Date;
  /** A defect that must not pass unseen. */
  logError(error: unknown, message: string): void;
};

/** How long a visit holds on and holds back. */
export type VisitWaits = {
  /** A visit that broke off is made again by whoever comes next after this long; one call to Jira ends long before. */
  leaseMs: number;
  /** Nobody knows whether Jira still carries out what it did not answer; the next visit waits until it must have. */
  doubtMs: number;
};

/** The waits of production. */
export const visitWaits: VisitWaits = { leaseMs: 60_000, doubtMs: 30_000 };
