import { asUser, invokeRemote, route } from '@forge/api';
import { makeResolver } from '@forge/resolver';
import type { FunctionPorts } from './function-ports.ts';
import { type Call, getPage, getPanel, previewMapping, saveMapping } from './page-answers.ts';
import { reportIssueChange } from './report-issue-change.ts';
import type { RetryRequest } from './retry-request.ts';

/** The remote's key in manifest.yml. */
const remote = 'userhero';

const ports: FunctionPorts = {
  askRemote: (request) => invokeRemote(remote, request),
  askMyPermissions: (projectId) =>
    asUser().requestJira(
      route`/rest/api/3/mypermissions?projectId=${projectId}&permissions=ADMINISTER_PROJECTS`,
    ),
  logError: (message) => console.error(message),
};

/** The resolver of the project page and the issue panel. */
export const resolver = makeResolver({
  getPage: (call: Call) => getPage(ports, call),
  saveMapping: (call: Call) => saveMapping(ports, call),
  previewMapping: (call: Call) => previewMapping(ports, call),
  getPanel: (call: Call) => getPanel(ports, call),
});

/** The trigger for changed and deleted issues. */
export function issueChanged(event: unknown): Promise<RetryRequest | undefined> {
  return reportIssueChange(ports, event);
}
