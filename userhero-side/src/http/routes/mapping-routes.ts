import { jiraStatusesSchema } from '@userhero/shared/contracts/adapter.ts';
import {
  applyMappingSchema,
  mappingApplySchema,
  mappingDocumentSchema,
  previewMappingSchema,
  previewSchema,
  saveMappingSchema,
} from '@userhero/shared/contracts/mapping-api.ts';
import { z } from 'zod';
import {
  type MappingPorts,
  previewMapping,
  readJiraStatuses,
  readMapping,
  saveMapping,
} from '../../mapping/adapter-mapping.ts';
import { type ApplyMappingPorts, applyMapping, cancelApply, readApply } from '../../mapping/apply-mapping.ts';
import { success } from '../../outcome.ts';
import { ownAdapter, ownMappingApply } from '../own.ts';
import { connectionProblems, jiraProblems } from '../problem.ts';
import { type Route, route, tagged } from '../route.ts';

/** The version that an editor saw. */
export const ifMatchSchema = z.object({
  'If-Match': z.string().optional().describe('The ETag that was read with the mapping.'),
});

/** The mapping of an adapter: read, saved, previewed, applied to what is linked. */
export function mappingRoutes(ports: MappingPorts & ApplyMappingPorts): Route[] {
  return tagged('Mapping', [
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-statuses',
      name: 'getJiraStatuses',
      summary: 'Get the Jira statuses and priorities that a mapping may name',
      may: ownAdapter,
      answers: jiraStatusesSchema,
      problems: [...jiraProblems, 'mapping_invalid'],
      handle: ({ adapter }) => readJiraStatuses(ports, adapter),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/mapping',
      name: 'getMapping',
      summary: 'Get the mapping of an adapter',
      description: 'The ETag is its version.',
      may: ownAdapter,
      answers: mappingDocumentSchema,
      etag: (document) => document.version,
      handle: ({ adapter }) => readMapping(adapter),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/mapping',
      name: 'saveMapping',
      summary: 'Save the mapping of an adapter',
      description:
        '`If-Match` must be the ETag that was read, or `version` the same number. `resolutions`, `resolutionOverrides` and `inboundPriorities` stay as they are saved where the mapping leaves them out; empty ones take the rows away. Saving changes no item.',
      may: ownAdapter,
      headers: ifMatchSchema,
      body: saveMappingSchema,
      answers: mappingDocumentSchema,
      etag: (document) => document.version,
      problems: ['precondition_required', 'mapping_conflict', 'mapping_invalid'],
      handle: ({ principal, adapter, headers, body }) =>
        saveMapping(
          ports,
          principal.userName,
          adapter,
          { ifMatch: headers['If-Match'], inBody: body.version },
          body.mapping,
        ),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/mapping/preview',
      name: 'previewMapping',
      summary: 'Preview what a mapping would do to the linked items',
      description: 'Previewing changes nothing. What the mapping leaves out counts as it is saved.',
      may: ownAdapter,
      body: previewMappingSchema,
      answers: previewSchema,
      problems: [...jiraProblems, 'mapping_invalid'],
      handle: ({ adapter, body }) => previewMapping(ports, adapter, body.mapping),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/mapping/apply',
      name: 'applyMapping',
      summary: 'Apply the saved mapping to the linked items',
      description: 'Nothing is sent to Jira.',
      may: ownAdapter,
      body: applyMappingSchema,
      answers: mappingApplySchema,
      statuses: {
        200: 'The mapping was applied.',
        202: 'There are many items; `statusUrl` says where to follow it.',
      },
      problems: [...jiraProblems, ...connectionProblems, 'mapping_conflict'],
      handle: async ({ principal, adapter, body }) => {
        const applied = await applyMapping(ports, principal, adapter, body.version);
        if (!applied.ok) return applied;
        return success({
          status: applied.value.jobId === null ? (200 as const) : (202 as const),
          body: applied.value,
        });
      },
    }),
    route({
      method: 'get',
      path: '/api/mapping-applies/:id',
      name: 'getMappingApply',
      summary: 'Get how far a mapping is applied',
      may: ownMappingApply,
      answers: mappingApplySchema,
      handle: ({ mappingApply }) => readApply(ports.db, mappingApply),
    }),
    route({
      method: 'post',
      path: '/api/mapping-applies/:id/cancel',
      name: 'cancelMappingApply',
      summary: 'Cancel what applying a mapping has not reached yet',
      may: ownMappingApply,
      answers: mappingApplySchema,
      handle: ({ principal, mappingApply }) => cancelApply(ports, principal, mappingApply),
    }),
  ]);
}
