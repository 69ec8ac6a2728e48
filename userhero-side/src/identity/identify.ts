import { fromNodeHeaders } from 'better-auth/node';
import type { Request } from 'express';
import { hashSecret, readBearer } from '../secrets/tokens.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Auth } from './auth.ts';
import type { Principal } from './principal.ts';

/** API keys start with this, so that people and secret scanners recognise them. */
export const apiKeyPrefix = 'uh';

/**
 * Tells who is asking: by `Authorization: Bearer {api-key}`, else by the session cookie.
 *
 * A request with a cookie that changes something must come from our own pages: browsers say so in
 * `Sec-Fetch-Site`, older ones in `Origin`.
 */
export async function identify(
  ports: { auth: Auth; prisma: PrismaClient; publicUrl: string },
  request: Request,
): Promise<Principal | null> {
  const header = request.get('authorization');
  if (header !== undefined) {
    const key = readBearer(header);
    return key ? byApiKey(ports.prisma, key) : null;
  }
  if (!request.get('cookie') || isForeignWrite(request, ports.publicUrl)) return null;
  const session = await ports.auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
  if (!session) return null;
  const membership = await ports.prisma.membership.findFirst({
    where: { userId: session.user.id },
    orderBy: { organizationId: 'asc' },
  });
  if (!membership) return null;
  return {
    userId: session.user.id,
    userName: session.user.name,
    organizationId: membership.organizationId,
    sessionId: session.session.id,
  };
}

async function byApiKey(prisma: PrismaClient, key: string): Promise<Principal | null> {
  const found = await prisma.apiKey.findUnique({ where: { hash: hashSecret(key) }, include: { user: true } });
  if (!found || found.revokedAt) return null;
  return {
    userId: found.userId,
    userName: found.user.name,
    organizationId: found.organizationId,
    sessionId: null,
  };
}

function isForeignWrite(request: Request, publicUrl: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  return origin !== undefined && origin !== new URL(publicUrl).origin;
}
