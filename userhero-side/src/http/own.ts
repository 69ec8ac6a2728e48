import { z } from 'zod';
import { findItemToPush } from '../push/claim-push.ts';
import { findItemToLink } from '../push/link-issue.ts';
import {
  findAdapter,
  findBulkPush,
  findEvent,
  findItem,
  findMappingApply,
  findProject,
  findPush,
  findWorkflow,
} from '../store/ownership.ts';
import { own } from './may.ts';

/*
 * Who may, where a path names a thing: somebody of the organization that it belongs to. Each loads it as the routes
 * need it, once.
 */

export const ownProject = own('project', 'project', findProject);
export const ownWorkflow = own('workflow', 'workflow', findWorkflow);
export const ownAdapter = own('adapter', 'adapter', findAdapter);
export const ownItem = own('item', 'item', findItem);
export const ownItemToPush = own('item', 'item', findItemToPush);
export const ownItemToLink = own('item', 'item', findItemToLink);
export const ownPush = own('push', 'push', findPush);
export const ownBulkPush = own('bulkPush', 'bulk push', findBulkPush);
export const ownMappingApply = own('mappingApply', 'application of a mapping', findMappingApply);
/** Events are numbered. */
export const ownEvent = own('event', 'event', findEvent, z.string().regex(/^\d{1,18}$/));
