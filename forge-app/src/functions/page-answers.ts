import {
  accountHeader,
  type ForgeAnswer,
  type ForgePageAnswer,
  type ForgePanel,
  type ForgeProblem,
  forgeContextSchema,
  forgePageSchema,
  forgePanelSchema,
  getPageSchema,
  previewForgeMappingSchema,
  saveForgeMappingSchema,
} from '@userhero/shared/contracts/forge.ts';
import {
  type MappingDocument,
  type MappingPreview,
  mappingDocumentSchema,
  previewSchema,
} from '@userhero/shared/contracts/mapping-api.ts';
import { askUserHero } from './ask-userhero.ts';
import type { FunctionPorts } from './function-ports.ts';
import { mayAdminister, notAdministrator } from './may-administer.ts';

/** What the page sent and where Forge says it is. Only `context` is to be believed. */
export type Call = { payload: unknown; context: unknown };

/** Everything that the project page shows, and whether this person may change it. */
export async function getPage(ports: FunctionPorts, call: Call): Promise<ForgeAnswer<ForgePageAnswer>> {
  const place = forgeContextSchema.safeParse(call.context);
  const wanted = getPageSchema.safeParse(call.payload);
  if (!place.success || !wanted.success) return refused;
  const projectId = place.data.extension.project.id;
  const path = projectPath(projectId, '', wanted.data.adapterId);
  const [page, mayEdit] = await Promise.all([
    askUserHero(ports, { method: 'GET', path }, forgePageSchema),
    mayAdminister(ports, projectId),
  ]);
  return page.ok ? { ok: true, value: { page: page.value, mayEdit } } : page;
}

/** Saves the mapping, if the person may administer the project and nobody saved another one meanwhile. */
export async function saveMapping(ports: FunctionPorts, call: Call): Promise<ForgeAnswer<MappingDocument>> {
  const place = forgeContextSchema.safeParse(call.context);
  const wanted = saveForgeMappingSchema.safeParse(call.payload);
  if (!place.success || !wanted.success) return refused;
  const { accountId, extension } = place.data;
  const projectId = extension.project.id;
  if (!(await mayAdminister(ports, projectId))) return { ok: false, problem: notAdministrator };
  const { adapterId, version, mapping } = wanted.data;
  return askUserHero(
    ports,
    {
      method: 'PUT',
      path: projectPath(projectId, '/mapping', adapterId),
      headers: {
        'content-type': 'application/json',
        'if-match': `"${version}"`,
        [accountHeader]: accountId,
      },
      body: JSON.stringify({ mapping, version, accountId }),
    },
    mappingDocumentSchema,
  );
}

/** What a mapping would do to the linked items. It names them, so it is for administrators too. */
export async function previewMapping(ports: FunctionPorts, call: Call): Promise<ForgeAnswer<MappingPreview>> {
  const place = forgeContextSchema.safeParse(call.context);
  const wanted = previewForgeMappingSchema.safeParse(call.payload);
  if (!place.success || !wanted.success) return refused;
  const projectId = place.data.extension.project.id;
  if (!(await mayAdminister(ports, projectId))) return { ok: false, problem: notAdministrator };
  return askUserHero(
    ports,
    {
      method: 'POST',
      path: projectPath(projectId, '/mapping/preview', wanted.data.adapterId),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mapping: wanted.data.mapping }),
    },
    previewSchema,
  );
}

/** The UserHero items of the issue that the panel is shown in. */
export async function getPanel(ports: FunctionPorts, call: Call): Promise<ForgeAnswer<ForgePanel>> {
  const place = forgeContextSchema.safeParse(call.context);
  const issueId = place.data?.extension.issue?.id;
  if (issueId === undefined) return refused;
  return askUserHero(ports, { method: 'GET', path: `/api/forge/issues/${issueId}` }, forgePanelSchema);
}

function projectPath(projectId: string, rest: string, adapterId: string | null | undefined): string {
  const query = adapterId ? `?adapter=${encodeURIComponent(adapterId)}` : '';
  return `/api/forge/projects/${projectId}${rest}${query}`;
}

const refused: { ok: false; problem: ForgeProblem } = {
  ok: false,
  problem: { code: 'validation_failed', detail: 'The page asked for something that this app does not know.' },
};
