import { type ForgeProblem, myPermissionsSchema } from '@userhero/shared/contracts/forge.ts';
import { wantsConsent } from './consent.ts';
import type { FunctionPorts } from './function-ports.ts';

/**
 * Whether the person who is looking may administer the Jira project. Asked of Jira as that person, on the server
 * side: what the page says of itself proves nothing. No answer counts as no; Forge's wish for the person's consent is
 * thrown on.
 *
 * Source: Jira Cloud REST v3, `GET /rest/api/3/mypermissions`.
 */
export async function mayAdminister(ports: FunctionPorts, projectId: string): Promise<boolean> {
  const answer = await ports.askMyPermissions(projectId).catch((error: unknown) => {
    if (wantsConsent(error)) throw error;
    ports.logError(`Jira does not tell permissions: ${String(error)}`);
    return null;
  });
  if (!answer?.ok) return false;
  const read = myPermissionsSchema.safeParse(await answer.json().catch(() => null));
  return read.success && read.data.permissions.ADMINISTER_PROJECTS.havePermission;
}

export const notAdministrator: ForgeProblem = {
  code: 'forbidden',
  detail: 'Only those who may administer this Jira project can change its mapping.',
  remedy: 'Ask a project administrator.',
};
