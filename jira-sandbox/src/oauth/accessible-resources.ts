import type { Request, Response } from 'express';
import type { Sandbox } from '../sandbox.ts';
import { grantOfToken } from './grants.ts';

/** GET /oauth/token/accessible-resources: the sites that the person granted. */
export function accessibleResources(sandbox: Sandbox, request: Request, response: Response): void {
  const token = bearerToken(request.headers.authorization);
  const grant = token ? grantOfToken(sandbox, token) : null;
  if (!grant) {
    response.status(401).json({ code: 401, message: 'Unauthorized' });
    return;
  }
  const scopes = grant.scopes.filter((scope) => scope !== 'offline_access');
  response.json(
    sandbox.world.sites
      .filter((site) => grant.cloudIds.includes(site.cloudId))
      .map((site) => ({
        id: site.cloudId,
        url: `${sandbox.url}/s/${site.slug}`,
        name: site.name,
        scopes,
        avatarUrl: `${sandbox.url}/s/${site.slug}/images/avatars/site`,
      })),
  );
}

/** The token of an Authorization header. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer (.+)$/i.exec(header ?? '')?.[1] ?? null;
}
