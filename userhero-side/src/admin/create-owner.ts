import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { addUser } from '../identity/add-user.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { type Db, inTransaction, isUniqueViolation } from '../store/db.ts';
import { newId } from '../store/ids.ts';
import type { Command } from './command.ts';
import { onlyOne, organizationsNamed } from './find-place.ts';

/** What better-auth takes when somebody signs up. */
const shortest = 8;
const longest = 128;

/** `create-owner`: somebody who signs in, and their organization. */
export const createOwner: Command = {
  name: 'create-owner',
  about:
    'Adds somebody who signs in with e-mail and password, and their organization unless it is there.\nThe password is made and printed once, or taken from standard input: printf %s "$PASSWORD" | npm run admin -- …',
  options: {
    email: { about: 'the e-mail address to sign in with', required: true },
    name: { about: 'the name that others see', required: true },
    organization: { about: 'the name (or id) of the organization', required: true },
    'password-stdin': { about: 'wait for the password on standard input', flag: true },
  },
  async run(
    { database: { prisma }, readInput },
    { email: address = '', name = '', organization = '', ...given },
  ) {
    const email = z.email().safeParse(address.toLowerCase());
    if (!email.success) return wrong(`"${address}" is no e-mail address.`);
    if (await prisma.user.findUnique({ where: { email: email.data } })) return taken(email.data);
    const input = await readInput('password-stdin' in given);
    const read = readPassword(input, 'password-stdin' in given);
    if (!read.ok) return read;
    const password = read.value ?? randomBytes(15).toString('base64url');
    const passwordHash = await hashPassword(password);
    try {
      return await inTransaction(prisma, async (tx) => {
        const place = await organizationNamed(tx, organization);
        if (!place.ok) return place;
        const { organizationId, isNew } = place.value;
        await addUser(tx, { organizationId, name, email: email.data, passwordHash });
        return success({
          ok: true,
          lines: [
            `email: ${email.data}`,
            ...(read.value === null ? [`password: ${password}`] : []),
            `organization: ${organizationId}${isNew ? '' : ' (was there already; they join it)'}`,
          ],
        });
      });
    } catch (error) {
      if (isUniqueViolation(error)) return taken(email.data);
      throw error;
    }
  },
};

/** The password that was piped, `null` when one is to be made. A line break at the end is the pipe's, not its. */
function readPassword(input: string | null, wanted: boolean): Outcome<string | null> {
  if (input === null || input === '') {
    return wanted ? wrong('Standard input brought no password.') : success(null);
  }
  const password = input.replace(/\r?\n$/, '');
  if (/[\r\n\0]/.test(password)) return wrong('The password on standard input has more than one line.');
  if (password.length < shortest || password.length > longest) {
    return wrong(
      `A password has ${shortest} to ${longest} characters; standard input brought ${password.length}.`,
    );
  }
  return success(password);
}

async function organizationNamed(
  tx: Db,
  wanted: string,
): Promise<Outcome<{ organizationId: string; isNew: boolean }>> {
  const found = await organizationsNamed(tx, wanted);
  if (found.length > 0) {
    const one = onlyOne('organization', wanted, found);
    return one.ok ? success({ organizationId: one.value.id, isNew: false }) : one;
  }
  const { id } = await tx.organization.create({ data: { id: newId(), name: wanted } });
  return success({ organizationId: id, isNew: true });
}

function taken(email: string) {
  return wrong(`Somebody signs in with ${email} already.`);
}

function wrong(detail: string) {
  return failure({ code: 'validation_failed', detail });
}
