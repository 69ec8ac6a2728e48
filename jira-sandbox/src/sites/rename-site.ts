import type { RequestHandler } from 'express';
import type { Sandbox } from '../sandbox.ts';
import type { Site } from '../world.ts';

/**
 * Gives a site another name in its address; its cloud id stays. The former address redirects from now on
 * (support.atlassian.com, "Update a product URL").
 */
export function renameSite(sandbox: Sandbox, site: Site, slug: string): void {
  const former = site.slug;
  if (slug === former) return;
  site.formerSlugs = [...(site.formerSlugs ?? []), former].filter((one) => one !== slug);
  site.slug = slug;
  const { deliveries, forge } = sandbox.world;
  for (const one of [...deliveries, ...forge.installations, ...forge.events]) {
    if (one.siteSlug === former) one.siteSlug = slug;
  }
  forge.offeredSites = forge.offeredSites.map((one) => (one === former ? slug : one));
  sandbox.save();
}

/** Sends requests for a former address of a site to the present one, with path, query and method. */
export function redirectRenamed(sandbox: Sandbox): RequestHandler {
  return (request, response, next) => {
    const [, slug, rest = ''] = /^\/s\/([^/?]+)(.*)$/.exec(request.originalUrl) ?? [];
    const site = slug && sandbox.world.sites.find((one) => one.formerSlugs?.includes(slug));
    if (!site) next();
    else response.redirect(request.method === 'GET' ? 301 : 308, `/s/${site.slug}${rest}`);
  };
}
