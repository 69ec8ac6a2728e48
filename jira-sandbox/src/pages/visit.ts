import type { Request, Response } from 'express';
import { findSite } from '../issues/find.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxCore } from '../sandbox-core.ts';
import type { Account, Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

const accountCookie = 'jira_account';

/** A request to a page: who looks, where, and how to answer. */
export type Visit<Of extends SandboxCore = Sandbox> = {
  sandbox: Of;
  account: Account;
  /** The language of the person, or the one that the address asks for. */
  locale: string;
  params: Record<string, string>;
  form: Record<string, string>;
  /** Values of a field that a form sends several times. */
  all: (name: string) => string[];
  site: Site | null;
  show: (
    title: string,
    content: Html,
    options?: { live?: boolean; status?: number; scripts?: string[] },
  ) => void;
  /** Answers a form: back to a page that says what was done. */
  done: (path: string, note: string) => void;
};

/** Atlaskit writes style elements while it draws; scripts stay the page's own. */
const appContentPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Reads a request as a visit. */
export function readVisit<Of extends SandboxCore>(
  sandbox: Of,
  request: Request,
  response: Response,
): Visit<Of> {
  const { world } = sandbox;
  const wanted = new RegExp(`${accountCookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
  const people = world.accounts.filter((one) => one.kind !== 'app');
  const [first] = people;
  const account = people.find((one) => one.accountId === wanted) ?? first;
  if (!account) throw new Error('The world has no accounts');
  const params = Object.fromEntries(
    Object.entries(request.params).map(([key, value]) => [key, String(value)]),
  );
  const body: Record<string, unknown> = typeof request.body === 'object' && request.body ? request.body : {};
  const all = (name: string) => [body[name] ?? []].flat().map(String);
  const note = typeof request.query.note === 'string' ? request.query.note : null;
  const site = params.site ? (findSite(world, params.site) ?? null) : null;
  return {
    sandbox,
    account,
    locale: wantedLocale(request) ?? account.locale,
    params,
    form: Object.fromEntries(Object.keys(body).map((name) => [name, all(name)[0] ?? ''])),
    all,
    site,
    show: (title, content, options = {}) => {
      const frame = {
        title,
        account,
        accounts: people,
        path: request.originalUrl.split('?')[0] ?? '/',
        site: site ?? undefined,
        note,
        revision: options.live ? sandbox.revision : undefined,
        scripts: options.scripts,
      };
      if (options.scripts?.length) response.set('content-security-policy', appContentPolicy);
      response
        .status(options.status ?? 200)
        .type('html')
        .send(layout(frame, content));
    },
    done: (path, text) => response.redirect(303, `${path}?note=${encodeURIComponent(text)}`),
  };
}

/** `?locale=de_DE`: tries a page in another language than the person's own. */
function wantedLocale(request: Request): string | null {
  const { locale } = request.query;
  return typeof locale === 'string' && /^[a-z]{2}[-_][A-Z]{2}$/.test(locale) ? locale : null;
}

/** Jira's page for something that is not there, or not for this person. */
export function showMissing(visit: Visit, what: string): void {
  visit.show(
    'Not found',
    html`<h1>${what}</h1><p>It does not exist, or ${visit.account.displayName} does not have permission to see it.</p>`,
    { status: 404 },
  );
}

/** Shows that only an administrator may do this; answers whether it did. */
export function refusesMember(visit: Visit): boolean {
  if (visit.account.role === 'admin') return false;
  visit.show(
    'Not allowed',
    html`<h1>You need to be an administrator</h1>
      <p>${visit.account.displayName} does not administer this site. Ask an administrator, or switch to one above.</p>`,
    { status: 403 },
  );
  return true;
}

/** The Set-Cookie value that makes an account the acting one. */
export function actAsCookie(accountId: string): string {
  return `${accountCookie}=${encodeURIComponent(accountId)}; Path=/; SameSite=Lax; HttpOnly`;
}
