import type { Sandbox } from '../sandbox.ts';
import type { Issue, Site } from '../world.ts';
import { siteTime } from './site-time.ts';

/** Sets a property of an issue; its history does not show it, but webhooks of properties are sent. */
export function setProperty(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  property: { key: string; value: unknown },
  actorId: string,
): void {
  issue.properties[property.key] = property.value;
  announce(sandbox, site, issue, 'issue_property_set', property, actorId);
}

/** Takes a property away. */
export function deleteProperty(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  key: string,
  actorId: string,
): void {
  delete issue.properties[key];
  announce(sandbox, site, issue, 'issue_property_deleted', { key, value: null }, actorId);
}

function announce(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  name: 'issue_property_set' | 'issue_property_deleted',
  property: { key: string; value: unknown },
  actorId: string,
): void {
  sandbox.save();
  const at = siteTime(sandbox);
  sandbox.emit({ site, name, typeName: null, issue, actorId, at, change: null, comment: null, property });
}
