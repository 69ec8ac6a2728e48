import { failure, success } from '../outcome.ts';
import type { Command } from './command.ts';

/** `end-sessions`: signs somebody out everywhere, as after a lost laptop. */
export const endSessions: Command = {
  name: 'end-sessions',
  about: 'Signs somebody out everywhere. API keys and Jira connections stay.',
  options: { email: { about: 'the e-mail address that they sign in with', required: true } },
  async run({ database: { prisma } }, { email = '' }) {
    const user = await prisma.user.findUnique({ where: { email: email.toLowerCase() } });
    if (!user) return failure({ code: 'not_found', detail: `Nobody signs in with ${email}.` });
    const { count } = await prisma.session.deleteMany({ where: { userId: user.id } });
    return success({ ok: true, lines: [`sessions ended: ${count}`] });
  },
};
