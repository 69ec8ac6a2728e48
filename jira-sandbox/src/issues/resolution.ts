import type { Transition } from '../workflows/workflow.ts';
import type { ChangeItem, Issue, Site, Status } from '../world.ts';
import { changeItem } from './change-item.ts';
import { resolutionById } from './find.ts';

/**
 * What the post functions of a transition make of a resolution. They run after the fields of its screen are set,
 * so one that names a resolution overrules the person's choice.
 *
 * @param transition null: no transition was taken, and the status alone decides, as in a team-managed project
 */
export function resolutionAfter(
  site: Site,
  transition: Transition | null,
  status: Status,
  resolutionId: string | null,
): string | null {
  const asks = transition?.resolution;
  if (asks === 'kept') return resolutionId;
  if (asks === 'cleared') return null;
  if (asks) return asks.id;
  return status.category === 'done' ? (resolutionId ?? site.resolutions[0]?.id ?? null) : null;
}

/**
 * Sets the resolution; answers what changed.
 *
 * @param at the site's time in milliseconds, the `resolutiondate`
 */
export function setResolution(
  site: Site,
  issue: Issue,
  resolutionId: string | null,
  at: number,
): ChangeItem[] {
  if (issue.resolutionId === resolutionId) return [];
  const before = resolutionById(site, issue.resolutionId);
  const after = resolutionById(site, resolutionId);
  issue.resolutionId = resolutionId;
  issue.resolvedAt = resolutionId === null ? null : at;
  return [
    changeItem(
      'resolution',
      [before?.id ?? null, before?.name ?? null],
      [after?.id ?? null, after?.name ?? null],
    ),
  ];
}
