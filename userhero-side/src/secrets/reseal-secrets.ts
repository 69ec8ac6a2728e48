import type { PrismaClient } from '../store/generated/client.ts';
import type { Cipher } from './cipher.ts';

export type ResealPorts = {
  db: PrismaClient;
  cipher: Cipher;
  logError(error: unknown, message: string): void;
};

const pageSize = 500;

/**
 * Seals with the present key what a former one sealed, so that a former `TOKEN_ENCRYPTION_KEY` can be taken away.
 * Keys change only with a restart, so it runs once when a worker starts. A secret that meanwhile was replaced is
 * left alone, and one whose key is gone is named in the log and keeps nobody else's from being sealed.
 */
export async function resealSecrets(ports: ResealPorts): Promise<void> {
  await resealAdapters(ports);
  await resealGrants(ports);
}

async function resealAdapters({ db, cipher, logError }: ResealPorts): Promise<void> {
  await eachPage(
    (page) => db.adapter.findMany({ ...page, select: { id: true, webhookSecret: true } }),
    async ({ id, webhookSecret }) => {
      if (!cipher.isOld(webhookSecret)) return;
      const data = { webhookSecret: cipher.seal(cipher.open(webhookSecret)) };
      await db.adapter.updateMany({ where: { id, webhookSecret }, data });
    },
    logError,
  );
}

async function resealGrants({ db, cipher, logError }: ResealPorts): Promise<void> {
  await eachPage(
    (page) => db.grant.findMany({ ...page, select: { id: true, accessToken: true, refreshToken: true } }),
    async ({ id, accessToken, refreshToken }) => {
      if (![accessToken, refreshToken].some((box) => box !== null && cipher.isOld(box))) return;
      const data = {
        accessToken: cipher.seal(cipher.open(accessToken)),
        refreshToken: refreshToken === null ? null : cipher.seal(cipher.open(refreshToken)),
      };
      // A refresh that came first has sealed its new pair already, and must not be undone.
      await db.grant.updateMany({ where: { id, accessToken, refreshToken }, data });
    },
    logError,
  );
}

type PageOfIds = { where: { id: { gt: string } }; orderBy: { id: 'asc' }; take: number };

async function eachPage<Row extends { id: string }>(
  read: (page: PageOfIds) => Promise<Row[]>,
  reseal: (row: Row) => Promise<void>,
  logError: ResealPorts['logError'],
): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await read({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: pageSize });
    for (const row of rows) {
      await reseal(row).catch((error: unknown) => logError(error, 'a secret was not sealed anew'));
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
