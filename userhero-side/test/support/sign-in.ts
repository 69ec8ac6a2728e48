import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Call, caller } from './call.ts';
import type { Harness } from './harness.ts';

/** Signs somebody in, as the page does; answers a caller with the session's cookie. */
export async function signIn(harness: Harness, who: { email: string; password: string }): Promise<Call> {
  const body = { email: who.email, password: who.password };
  const origin = { origin: harness.origin };
  const answer = await harness.nobody('POST', '/api/auth/sign-in/email', body, origin);
  expect(answer.status).toBe(200);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  harness.keepSecret(cookie.split('=')[1] ?? '');
  return caller(harness.origin, { cookie, ...origin });
}

/** Signs somebody in on the page itself; ends where their projects are. */
export async function signInOnPage(
  page: Page,
  origin: string,
  who: { email: string; password: string },
): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Email').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor({ state: 'detached' });
}
