import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { PrismaClient } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';

const sessionSeconds = 7 * 24 * 60 * 60;

/**
 * Sign-in and sessions. Accounts are made by an operator (or the demo data); nobody signs up from outside.
 * Sign-in attempts are limited per address by better-auth's own rule for `/sign-in/*`.
 */
export function createAuth(prisma: PrismaClient, settings: { publicUrl: string; secret: string }) {
  return betterAuth({
    appName: 'UserHero',
    baseURL: settings.publicUrl,
    basePath: '/api/auth',
    secret: settings.secret,
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: { expiresIn: sessionSeconds },
    rateLimit: {
      enabled: true,
      window: 10,
      max: 100,
      customRules: { '/sign-in/email': { window: 60, max: 20 } },
    },
    advanced: {
      cookiePrefix: 'userhero',
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      database: { generateId: () => newId() },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  });
}

export type Auth = ReturnType<typeof createAuth>;
