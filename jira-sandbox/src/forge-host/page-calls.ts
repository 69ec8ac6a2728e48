import type { Account, Site } from '../world.ts';
import { type ContextInput, extensionOf, type Place, seenPlace, viewContext } from './extension-context.ts';
import { type ForgeHost, type InstalledApp, installedApp } from './forge-host.ts';
import type { PlainRequest, PlainResponse } from './function-messages.ts';
import type { TokenFacts } from './invocation-token.ts';
import { recordInvocation } from './invocations.ts';
import { type UiModule, uiModuleByKey } from './manifest.ts';
import { answerOutgoing } from './outgoing.ts';
import { backendContext, runFunction } from './run-function.ts';

/** Who looks at which module where: checked, and the same for all that the page may ask. */
export type ModuleVisit = {
  app: InstalledApp;
  module: UiModule;
  account: Account;
  facts: TokenFacts;
  context: ReturnType<typeof viewContext>;
};

/** The module where the person may see it, or null. */
export function visitModule(
  host: ForgeHost,
  site: Site,
  account: Account,
  wanted: { moduleKey: string; place: Place; locale?: string },
): ModuleVisit | null {
  const app = installedApp(host, site);
  const found = app && uiModuleByKey(app.deployment.manifest, wanted.moduleKey);
  const place = found && seenPlace(site, account, wanted.place);
  if (!app || !found || !place) return null;
  if (place.issue === null && found.type !== 'jira:projectPage') return null;
  const extension = extensionOf(site, found.type, place);
  const input: ContextInput = {
    account,
    moduleKey: wanted.moduleKey,
    extension,
    locale: wanted.locale ?? account.locale,
  };
  const context = viewContext(host, app, input);
  const module = { type: found.type, key: wanted.moduleKey };
  const facts = { accountId: account.accountId, module, extension };
  return { app, module: found.module, account, facts, context };
}

/** `needsConsent`: Forge asks the person, in place of the app's page. */
export type CallResult =
  | { ok: true; value: unknown }
  | { ok: false; message: string; needsConsent?: boolean };

/** `invoke(key, payload)` of the page: a definition of the module's resolver. */
export async function invokeResolver(
  host: ForgeHost,
  visit: ModuleVisit,
  call: { functionKey: string; payload: unknown },
): Promise<CallResult> {
  const functionKey = visit.module.resolver?.function;
  if (!functionKey) return { ok: false, message: 'The module has no resolver' };
  const { app, account, facts, context } = visit;
  const invocation = recordInvocation(host.invocations, host.sandbox.now(), {
    site: app.site.slug,
    kind: 'resolver',
    moduleKey: facts.module.key,
    functionKey,
    call: call.functionKey,
    accountId: account.accountId,
  });
  const args = [
    { call: { functionKey: call.functionKey, payload: call.payload }, context },
    backendContext(app, account.accountId),
  ];
  const result = await runFunction(host, app, { functionKey, args, facts, invocation });
  // The words of Atlassian's own bridge.
  return result.ok
    ? { ok: true, value: result.value }
    : {
        ok: false,
        message: `There was an error invoking the function - ${result.message}`,
        needsConsent: result.needsConsent ?? false,
      };
}

/** `requestJira` or `requestRemote` straight from the page: as the person, within the app's scopes. */
export function requestFromPage(
  host: ForgeHost,
  visit: ModuleVisit,
  request: PlainRequest,
): Promise<PlainResponse> {
  const { app, account, facts } = visit;
  const invocation = recordInvocation(host.invocations, host.sandbox.now(), {
    site: app.site.slug,
    kind: 'page',
    moduleKey: facts.module.key,
    functionKey: '',
    call: `${request.method} ${request.path}`,
    accountId: account.accountId,
  });
  invocation.outcome = 'ok';
  return answerOutgoing(host, { by: 'page', app, facts, invocation }, request);
}
