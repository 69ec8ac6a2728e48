/** What is asked of the local Jira's Forge host, and what a forger then makes of its token. */
export type TokenWish = {
  /** A page's token names person and place, a function's neither. */
  sentBy?: 'page' | 'function';
  site?: 'acme' | 'nordwind';
  account?: string | undefined;
  moduleKey?: string;
  project?: string | undefined;
  issue?: string | undefined;
  /** Merged over the true claims; null takes one away. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  expiresInSeconds?: number;
  signedWith?: 'stranger' | 'hs256' | 'none';
  alter?: (token: string) => string;
};

type Hostile = {
  token: TokenWish;
  only?: readonly string[];
  /** The sender does not say who acts. */
  silent?: boolean;
};

const otherApp = 'ari:cloud:ecosystem::app/00000000-0000-4000-8000-000000000000';
const hour = (): number => Math.floor(Date.now() / 1000) + 3600;

/** Tokens that are not what they seem, by the words of `docs/security.md`. */
export const hostileTokens: readonly (readonly [string, Hostile])[] = [
  ['none at all', { token: { alter: () => '' } }],
  ['garbage', { token: { alter: () => 'not.a.token' } }],
  ['for another app (`aud`)', { token: { claims: { aud: otherApp } } }],
  ['for another app (`app.id`), though `aud` is ours', { token: { claims: { app: { id: otherApp } } } }],
  ['for no app (`aud` missing)', { token: { claims: { aud: null } } }],
  ['of another issuer', { token: { claims: { iss: 'forge/remote-token' } } }],
  ['signed by a stranger under Atlassian’s key id', { token: { signedWith: 'stranger' } }],
  [
    'signed by a stranger under a key id of their own',
    { token: { signedWith: 'stranger', header: { kid: 'own' } } },
  ],
  ['algorithm `none`', { token: { signedWith: 'none' } }],
  ['HS256 with the public key as the secret', { token: { signedWith: 'hs256' } }],
  ['expired', { token: { expiresInSeconds: -120 } }],
  ['without an expiry', { token: { claims: { exp: null } } }],
  ['not valid yet', { token: { claims: { nbf: hour(), exp: hour() + 60 } } }],
  ['with a changed body', { token: { alter: withOtherSite } }],
  [
    'of a function, of an installation that names no site',
    { token: { sentBy: 'function', claims: { app: { apiBaseUrl: null, installation: null } } } },
  ],
  [
    'of a function, of another site',
    { token: { sentBy: 'function', site: 'nordwind', project: undefined, issue: undefined } },
  ],
  [
    'of a function that says of nobody who acts',
    { token: { sentBy: 'function' }, only: ['save'], silent: true },
  ],
  ['whose `context` names no site', { token: { claims: { context: { cloudId: null } } } }],
  ['true, of another site', { token: { site: 'nordwind', project: undefined, issue: undefined } }],
  [
    'true, of another project or issue of the site',
    {
      token: { moduleKey: 'userhero-sync', project: 'MOB', issue: undefined },
      only: ['page', 'save', 'preview', 'panel'],
    },
  ],
  ['true, of nobody', { token: { account: undefined }, only: ['page', 'save', 'preview', 'panel'] }],
];

/** The signature stays that of the body before. */
function withOtherSite(token: string): string {
  const [header, body = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const changed = {
    ...claims,
    context: { ...claims.context, cloudId: '11223344-a1b2-4b33-8c44-def123456789' },
  };
  return [
    header,
    Buffer.from(JSON.stringify({ ...changed, jti: 'x' })).toString('base64url'),
    signature,
  ].join('.');
}
