import type pg from 'pg';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { OpenJira } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import type { WriteDescription } from '../push/write-description.ts';
import type { PrismaClient } from '../store/generated/client.ts';

/** What a visit needs. */
export type VisitPorts = {
  db: PrismaClient;
  pool: pg.Pool;
  openJira: OpenJira;
  metadata: MetadataSource;
  writeDescription: WriteDescription;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  publicUrl: string;
  now(): Date;
  /** A defect that must not pass unseen. */
  logError(error: unknown, message: string): void;
};
