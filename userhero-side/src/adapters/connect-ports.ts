import type { AtlassianOauth } from '../grants/atlassian-oauth.ts';
import type { TokenSource } from '../grants/token-source.ts';
import type { OpenJira } from '../jira/jira.ts';
import type { Outcome, Problem } from '../outcome.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { Db } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';

/** What connecting, choosing and disconnecting need. */
export type ConnectPorts = {
  db: PrismaClient;
  cipher: Cipher;
  oauth: AtlassianOauth;
  tokens: TokenSource;
  openJira: OpenJira;
  /** Who an access token that is not stored yet belongs to. */
  whoIs(accessToken: string, cloudId: string): Promise<Outcome<{ accountId: string; name: string }>>;
  stateSecret: string;
  now(): Date;
  /** Queues a comparison of the adapter's linked issues with Jira, within the transaction. */
  queueReconcile(tx: Db, adapterId: string): Promise<void>;
  /** Lets the pushes that waited for the adapter go on, within the transaction. */
  resumePushes(tx: Db, adapterId: string): Promise<void>;
  /** Lets the workflow's halted bulk pushes go on, within the transaction. */
  resumeBulkPushes(tx: Db, workflowId: string): Promise<void>;
  /** Queues the registration of the webhook that covers the adapter's project, within the transaction. */
  queueWebhook(tx: Db, adapterId: string): Promise<void>;
  /** Takes the adapter's project out of the registered webhook while its grant still is there. */
  withdrawWebhook(adapterId: string): Promise<Outcome<null>>;
  logProblem(problem: Problem, message: string): void;
  /** Lets whatever of the adapter waits for Jira find out what has become of it, within the transaction. */
  wakeWaiting(tx: Db, adapterIds: readonly string[]): Promise<void>;
  /** Lets held deliveries of the adapter be applied, within the transaction. */
  releaseHeld(tx: Db, adapterId: string): Promise<void>;
};
