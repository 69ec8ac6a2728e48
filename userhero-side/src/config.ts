import { resolve } from 'node:path';
import { mostPoints } from '@userhero/shared/limits/pool.ts';
import { z } from 'zod';
import type { Retention } from './jobs/prune.ts';

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);
const list = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(16, 'needs at least 16 characters each')).min(1));

/** A key is 32 bytes in base64 or hex; several are separated by commas, the first one encrypts. */
const encryptionKeys = z
  .string()
  .transform((value) => value.split(',').map((part) => decodeKey(part.trim())))
  .pipe(z.array(z.instanceof(Buffer, { message: 'must be 32 bytes each, in base64 or hex' })).min(1));

function decodeKey(text: string): Buffer | null {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  return key.length === 32 ? key : null;
}

/** Every variable that the service reads. `.env.example` and `docs/operations.md` describe each of them. */
export const environmentSchema = z.object({
  PORT: port.default(3000),
  PUBLIC_URL: url.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  USERHERO_DATA_DIR: z.string().min(1).default('.data'),
  JIRA_WEBHOOK_SECRET: list,
  ATLASSIAN_CLIENT_ID: z.string().min(1),
  ATLASSIAN_CLIENT_SECRET: z.string().min(1),
  ATLASSIAN_AUTH_URL: url.default('https://auth.atlassian.com'),
  ATLASSIAN_API_URL: url.default('https://api.atlassian.com'),
  ATLASSIAN_POINTS_PER_HOUR: count.max(mostPoints).default(65_000),
  FORGE_APP_ID: z.string().min(1).optional(),
  FORGE_JWKS_URL: url.default('https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json'),
  TOKEN_ENCRYPTION_KEY: encryptionKeys,
  AUTH_SECRET: z.string().min(32, 'needs at least 32 characters'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  KEEP_DELIVERIES_DAYS: count.default(90),
  KEEP_DELIVERIES_ROWS: count.default(10_000_000),
  KEEP_ACTIVITY_DAYS: count.default(400),
  KEEP_ACTIVITY_ROWS: count.default(10_000_000),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
});

/** The configuration of one process, read once. */
export type Config = {
  port: number;
  publicUrl: string;
  databaseUrl: string | null;
  dataDir: string;
  webhookSecrets: readonly string[];
  atlassian: { clientId: string; clientSecret: string; authUrl: string; apiUrl: string };
  /** Points that Jira grants the OAuth app an hour, until its headers say more. */
  pointsPerHour: number;
  forge: { appId: string | null; jwksUrl: string };
  encryptionKeys: readonly Buffer[];
  authSecret: string;
  logLevel: string;
  retention: Retention;
  role: 'all' | 'web' | 'worker';
};

export type ReadConfig = { ok: true; config: Config } | { ok: false; faults: string[] };

/**
 * Reads and validates the environment. Every fault is named with its variable, all of them at once;
 * no value is ever repeated in a fault, since most of them are secrets.
 */
export function readConfig(environment: NodeJS.ProcessEnv): ReadConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    return { ok: false, faults: parsed.error.issues.map((issue) => describeFault(issue, given)) };
  }
  const env = parsed.data;
  return {
    ok: true,
    config: {
      port: env.PORT,
      publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
      databaseUrl: env.DATABASE_URL ?? null,
      dataDir: resolve(env.USERHERO_DATA_DIR),
      webhookSecrets: env.JIRA_WEBHOOK_SECRET,
      atlassian: {
        clientId: env.ATLASSIAN_CLIENT_ID,
        clientSecret: env.ATLASSIAN_CLIENT_SECRET,
        authUrl: env.ATLASSIAN_AUTH_URL,
        apiUrl: env.ATLASSIAN_API_URL,
      },
      pointsPerHour: env.ATLASSIAN_POINTS_PER_HOUR,
      forge: { appId: env.FORGE_APP_ID ?? null, jwksUrl: env.FORGE_JWKS_URL },
      encryptionKeys: env.TOKEN_ENCRYPTION_KEY,
      authSecret: env.AUTH_SECRET,
      logLevel: env.LOG_LEVEL,
      retention: {
        deliveries: { days: env.KEEP_DELIVERIES_DAYS, rows: env.KEEP_DELIVERIES_ROWS },
        activity: { days: env.KEEP_ACTIVITY_DAYS, rows: env.KEEP_ACTIVITY_ROWS },
      },
      role: env.ROLE,
    },
  };
}

function describeFault(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  return given[name] === undefined ? `${name} is missing` : `${name} is wrong: ${issue.message}`;
}
