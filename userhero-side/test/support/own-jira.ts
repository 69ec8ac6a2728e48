import { createAtlassianOauth } from '../../src/grants/atlassian-oauth.ts';
import { createGrantStore } from '../../src/grants/grant-store.ts';
import { createTokenSource } from '../../src/grants/token-source.ts';
import type { OpenJira } from '../../src/jira/jira.ts';
import { createOpenJira } from '../../src/jira/open-jira.ts';
import { createCipher } from '../../src/secrets/cipher.ts';
import type { Harness } from './harness.ts';

/** Conversations with the local Jira by the grants of the harness's database, as the service holds them. */
export function ownJira({ config, database: { prisma } }: Harness): OpenJira {
  const now = () => new Date();
  const oauth = createAtlassianOauth({ ...config.atlassian, redirectUri: config.publicUrl });
  const tokens = createTokenSource({
    ...createGrantStore(prisma, createCipher(config.encryptionKeys), now),
    refresh: oauth.refresh,
    onRevoked: async () => {},
    now,
  });
  const { apiUrl } = config.atlassian;
  return createOpenJira({ apiUrl, callTimeoutMs: 15_000, onSchemaMismatch: 'throw' }, tokens);
}
