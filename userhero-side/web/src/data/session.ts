import { queryOptions } from '@tanstack/react-query';
import { meSchema } from '@userhero/shared/contracts/session.ts';
import { z } from 'zod';
import { call, tell } from '../api.ts';

/** Who is signed in; fails with `unauthenticated` when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(meSchema, '/api/me', { signal }),
  staleTime: 60_000,
  retry: false,
});

// better-auth answers a refused sign-in with its own shape, not with a problem document.
const refusalSchema = z.object({ message: z.string() });

export type SignInResult = { ok: true } | { ok: false; message: string };

/** Signs in with e-mail and password; a refusal is a value, not an exception. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await fetch('/api/auth/sign-in/email', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  }).catch(() => null);
  if (response === null) {
    return { ok: false, message: 'UserHero cannot be reached. Check your network, then try again.' };
  }
  if (response.ok) return { ok: true };
  if (response.status === 429) {
    return { ok: false, message: 'Too many tries. Wait a minute, then try again.' };
  }
  const refusal = refusalSchema.safeParse(await response.json().catch(() => null));
  if (response.status === 401 || response.status === 403) {
    return { ok: false, message: 'The email or the password is not right. Check both and try again.' };
  }
  return { ok: false, message: refusal.success ? refusal.data.message : 'Signing in failed. Try again.' };
}

/** Ends the session. */
export function signOut(): Promise<void> {
  return tell('/api/auth/sign-out', { method: 'POST', body: {} });
}
