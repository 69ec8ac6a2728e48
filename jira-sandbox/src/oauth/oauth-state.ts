export type AuthorizationCode = {
  code: string;
  clientId: string;
  redirectUri: string;
  grantId: string;
  expiresAt: number;
  used: boolean;
};

export type Grant = {
  id: string;
  clientId: string;
  accountId: string;
  scopes: string[];
  cloudIds: string[];
  createdAt: number;
  revokedAt: number | null;
};

export type AccessToken = { token: string; grantId: string; expiresAt: number };

export type RefreshToken = {
  token: string;
  grantId: string;
  lastUsedAt: number;
  /** When the successor was handed out; the token still works for the reuse interval after that. */
  replacedAt: number | null;
};
