import type { Config } from '../../src/config.ts';

export const authSecret = 'test-auth-secret-of-at-least-32-characters';
export const webhookSecret = 'test-deployment-webhook-secret';
/** The former one, still accepted while it is rotated. */
export const formerWebhookSecret = 'test-former-webhook-secret';
export const clientSecret = 'test-oauth-client-secret';
export const encryptionKey = Buffer.alloc(32, 7);

/** The configuration of a service under test: what an operator would set, on free ports. */
export function testConfig(input: { port: number; jiraUrl: string; databaseUrl: string }): Config {
  return {
    port: input.port,
    publicUrl: `http://localhost:${input.port}`,
    databaseUrl: input.databaseUrl,
    dataDir: '.data',
    webhookSecrets: [webhookSecret, formerWebhookSecret],
    atlassian: {
      clientId: 'userhero-local',
      clientSecret,
      authUrl: input.jiraUrl,
      apiUrl: input.jiraUrl,
    },
    pointsPerHour: 65_000,
    forge: { appId: null, jwksUrl: `${input.jiraUrl}/jwks.json` },
    encryptionKeys: [encryptionKey],
    authSecret,
    logLevel: 'trace',
    retention: { deliveries: { days: 90, rows: 1_000_000 }, activity: { days: 400, rows: 1_000_000 } },
    role: 'all',
  };
}
