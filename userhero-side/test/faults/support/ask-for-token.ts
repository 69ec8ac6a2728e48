import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readConfig } from '../../../src/config.ts';
import { createAtlassianOauth } from '../../../src/grants/atlassian-oauth.ts';
import { createGrantStore } from '../../../src/grants/grant-store.ts';
import { createTokenSource } from '../../../src/grants/token-source.ts';
import { createCipher } from '../../../src/secrets/cipher.ts';
import { connectDatabase } from '../../../src/store/connect.ts';

/** One process that needs a token of the grant it is given: it says so, waits for the word, and asks. */
const now = () => new Date();
const [grantId = ''] = process.argv.slice(2);
const read = readConfig(process.env);
if (!read.ok) throw new Error(read.faults.join('\n'));
const { config } = read;
const { prisma, close } = connectDatabase(config.databaseUrl ?? '', () => {});
const oauth = createAtlassianOauth({ ...config.atlassian, redirectUri: config.publicUrl });
const tokens = createTokenSource({
  ...createGrantStore(prisma, createCipher(config.encryptionKeys), now),
  refresh: oauth.refresh,
  onRevoked: async () => {},
  now,
});
await prisma.$queryRaw`SELECT 1`;
console.log('ready');
await once(process.stdin, 'data');
const outcome = await tokens.accessToken(grantId);
// Its hash is enough to compare; a token is never written down.
const told = outcome.ok ? createHash('sha256').update(outcome.value).digest('hex') : outcome.problem.code;
console.log(`answer ${told}`);
await close();
process.exit(0);
