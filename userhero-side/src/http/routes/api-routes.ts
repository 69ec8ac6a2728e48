import type { ForgePagePorts } from '../../forge/read-forge-page.ts';
import type { EventPorts } from '../../inbound/events.ts';
import type { MappingPorts } from '../../mapping/adapter-mapping.ts';
import type { ApplyMappingPorts } from '../../mapping/apply-mapping.ts';
import type { BulkPorts } from '../../push/bulk-push.ts';
import type { LinkPorts } from '../../push/link-issue.ts';
import type { Route } from '../route.ts';
import { adapterRoutes } from './adapter-routes.ts';
import { forgeRoutes } from './forge-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { type ItemPorts, itemRoutes } from './item-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { mappingRoutes } from './mapping-routes.ts';
import { projectRoutes } from './project-routes.ts';
import { pushRoutes } from './push-routes.ts';
import { type SetUpPorts, setUpRoutes } from './set-up-routes.ts';
import { syncRoutes } from './sync-routes.ts';

export type RoutePorts = ItemPorts &
  BulkPorts &
  LinkPorts &
  SetUpPorts &
  MappingPorts &
  ApplyMappingPorts &
  EventPorts &
  ForgePagePorts;

/** Every route of the API, in the order in which the document lists them. */
export function apiRoutes(ports: RoutePorts): Route[] {
  return [
    ...projectRoutes(ports),
    ...itemRoutes(ports),
    ...pushRoutes(ports),
    ...linkRoutes(ports),
    ...adapterRoutes(ports),
    ...setUpRoutes(ports),
    ...mappingRoutes(ports),
    ...syncRoutes(ports),
    ...healthRoutes(ports),
    ...forgeRoutes(ports),
  ];
}
