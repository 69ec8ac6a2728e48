import type pg from 'pg';
import type { FollowPorts } from '../adapters/follow-project.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { OpenJira } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import type { Points } from '../limits/with-points.ts';

/** What comparing linked issues with Jira needs. */
export type ReconcilePorts = FollowPorts & {
  openJira: OpenJira;
  points: Points;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  pool: pg.Pool;
  metadata: MetadataSource;
  publicUrl: string;
  /** What Jira gives in an hour, in points: comparisons take a part of it. */
  pointsPerHour(): Promise<number>;
  now(): Date;
};
