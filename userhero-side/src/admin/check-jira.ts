import { type Config, readConfig } from '../config.ts';
import { createAtlassianOauth } from '../grants/atlassian-oauth.ts';
import { createGrantStore } from '../grants/grant-store.ts';
import { createTokenSource } from '../grants/token-source.ts';
import { createOpenJira } from '../jira/open-jira.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { createCipher } from '../secrets/cipher.ts';
import { adapterInclude } from '../store/views.ts';
import type { AdminPorts, Command, Report } from './command.ts';
import { lookAtJira } from './look-at-jira.ts';

const callTimeoutMs = 15_000;

/** `check-jira`: what of a real site works, and what does not. */
export const checkJira: Command = {
  name: 'check-jira',
  about:
    'Tells what of an adapter’s Jira works and what does not, with remedies. It reads only; the token may be renewed.\nIt needs the service’s environment (docs/operations.md), and ends with 1 when something is missing.',
  options: { adapter: { about: 'the adapter’s id, the last part of its page’s address', required: true } },
  async run(ports, { adapter: adapterId = '' }) {
    const read = readConfig(ports.environment);
    if (!read.ok) {
      return failure({
        code: 'validation_failed',
        detail: `The service’s environment is needed: ${read.faults.join('; ')}.`,
        remedy: 'docs/operations.md describes every variable.',
      });
    }
    return check(ports, read.config, adapterId);
  },
};

async function check(ports: AdminPorts, config: Config, adapterId: string): Promise<Outcome<Report>> {
  const { prisma } = ports.database;
  const row = await prisma.adapter.findUnique({ where: { id: adapterId }, include: adapterInclude });
  if (!row) return failure({ code: 'not_found', detail: `There is no adapter "${adapterId}".` });
  const oauth = createAtlassianOauth({
    ...config.atlassian,
    redirectUri: `${config.publicUrl}/oauth/atlassian/callback`,
  });
  const tokens = createTokenSource({
    ...createGrantStore(prisma, createCipher(config.encryptionKeys), ports.now),
    refresh: oauth.refresh,
    // The service finds out by itself, and tells; this only looks.
    onRevoked: async () => {},
    now: ports.now,
  });
  const openJira = createOpenJira(
    { apiUrl: config.atlassian.apiUrl, callTimeoutMs, onSchemaMismatch: () => {} },
    tokens,
  );
  const looks = await lookAtJira({ db: prisma, oauth, tokens, openJira, publicUrl: config.publicUrl }, row);
  return success({
    ok: looks.every(({ ok }) => ok !== false),
    lines: looks.map(({ ok, text, remedy }) => {
      const mark = ok === null ? '·' : ok ? '✓' : '✗';
      return `${mark} ${text}${ok === false && remedy ? `\n    ${remedy}` : ''}`;
    }),
  });
}
