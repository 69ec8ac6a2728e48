import { resolutionById } from '../issues/find.ts';
import { presentResolution } from '../issues/present-parts.ts';
import { errors, listOf, type Operation, page } from './operation.ts';

export const resolutionOperations: Operation[] = [
  {
    id: 'getResolutions',
    method: 'GET',
    path: '/resolution',
    scopes: ['read:jira-work'],
    handle: ({ site, links }) => ({
      status: 200,
      body: site.resolutions.map((one) => ({ ...presentResolution(one, links), description: '' })),
    }),
  },
  {
    id: 'getResolution',
    method: 'GET',
    path: '/resolution/{id}',
    scopes: ['read:jira-work'],
    handle: ({ site, links, params: { id = '' } }) => {
      const found = resolutionById(site, id);
      if (!found) return errors(404, [`The resolution with id '${id}' does not exist.`]);
      return { status: 200, body: { ...presentResolution(found, links), description: '' } };
    },
  },
  {
    id: 'searchResolutions',
    method: 'GET',
    path: '/resolution/search',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const ids = listOf(call.query, 'id');
      // A site has no default resolution until an administrator names one.
      const found = call.site.resolutions
        .filter((one) => ids.length === 0 || ids.includes(one.id))
        .filter(() => call.query.get('onlyDefault') !== 'true')
        .map((one) => ({ ...presentResolution(one, call.links), description: '', default: false }));
      return { status: 200, body: page(call, found) };
    },
  },
];
