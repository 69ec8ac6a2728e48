import type { Surface } from './draw-doc.tsx';
import type { Flags } from './flags.tsx';
import { type ForgeElement, part } from './forge-doc.ts';

/** What the page says about a module that is to be drawn. */
export type Mount = {
  site: string;
  moduleKey: string;
  resource: string;
  place: Record<string, string>;
  locale: string;
  title: string;
  /** The names of the site's accounts. */
  people: Record<string, string>;
};

/** Asks the person whether the app may act for them; `allow` is told to the host before it answers. */
export type AskConsent = (allow: () => Promise<unknown>) => Promise<boolean>;

export type CallBridge = (command: string, data?: unknown) => Promise<unknown>;

type Listener = (payload: unknown) => void;

/** The host's side of `globalThis.__bridge.callBridge` (`@forge/bridge`, `out/`; `@forge/react`, `out/reconciler.js`). */
export function createBridge(
  mount: Mount,
  surface: Surface,
  flags: Flags,
  fail: (message: string) => void,
  askConsent: AskConsent,
): CallBridge {
  const base = `/s/${mount.site}/forge`;
  const { moduleKey, place, locale } = mount;
  const ask = async (path: string, body: Record<string, unknown> = {}) => {
    const response = await fetch(`${base}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ moduleKey, place, locale, ...body }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(String(part(answer, 'error') ?? response.statusText));
    return answer;
  };
  /** A call that wants the person's consent is made again once they gave it. */
  const askAllowed: Ask = async (path, body) => {
    const answer = await ask(path, body);
    if (!wantsConsent(answer) || !(await askConsent(() => ask('consent')))) return answer;
    return askAllowed(path, body);
  };

  const commands: Record<string, (data: unknown) => unknown> = {
    reconcile: (data) => {
      const doc = part(data, 'forgeDoc');
      if (isForgeElement(doc)) surface.show(doc);
    },
    getContext: async () => ({ ...Object(await ask('context')), theme: theme(), surfaceColor: null }),
    invoke: (data) => invoke(askAllowed, data),
    fetchProduct: (data) =>
      request(askAllowed, 'product', String(part(data, 'product')), String(part(data, 'restPath')), data),
    fetchRemote: (data) =>
      request(
        ask,
        'remote',
        String(part(data, 'remoteKey')),
        String(part(part(data, 'fetchRequestInit'), 'path')),
        data,
      ),
    showFlag: (data) => flags.show(data),
    closeFlag: (data) => flags.close(String(part(data, 'id'))),
    navigate: (data) => navigate(mount, data),
    getUrl: (data) => addressOf(mount, data)?.href,
    reload: () => location.reload(),
    refresh: () => location.reload(),
    emit: (data) => spread(data),
    on: (data) => listenTo(data),
    emitPublic: (data) => spread(data),
    onPublic: (data) => listenTo(data),
    changeWindowTitle: (title) => {
      document.title = String(title);
    },
    createHistory: () => historyOf(),
    enableTheming: () => undefined,
    emitReadyEvent: () => undefined,
    trackObjectStoreAction: () => undefined,
    emitFrontendCustomMetric: () => undefined,
    isRovoEnabled: () => false,
    getFrameId: () => moduleKey,
    onError: (data) => fail(String(part(part(data, 'error'), 'message') ?? part(data, 'error'))),
    // Pages and panels are not dialogs: they cannot be submitted, closed or opened, and Jira says so.
    submit: () => false,
    close: () => false,
    open: () => false,
    onClose: () => false,
  };
  return async (command, data) => {
    const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (!known) throw new Error(`The local Jira does not know the bridge's "${command}" yet`);
    return known(data);
  };
}

function isForgeElement(value: unknown): value is ForgeElement {
  return Array.isArray(part(value, 'children'));
}

type Ask = (path: string, body?: Record<string, unknown>) => Promise<unknown>;

/** A function let Forge's error through, or a request of the page itself met it (`api/out/api/fetch.js`). */
function wantsConsent(answer: unknown): boolean {
  const refusal = part(part(answer, 'headers'), 'forge-proxy-error');
  return part(answer, 'needsConsent') === true || refusal === 'NEEDS_AUTHENTICATION_ERR';
}

async function invoke(ask: Ask, data: unknown): Promise<unknown> {
  // `invokeRemote` of the bridge comes this way too, marked by its type.
  if (part(data, 'invokeType') === 'ui-remote-fetch') {
    throw new Error('The local Jira calls remotes through functions or requestRemote only');
  }
  const answer = await ask('invoke', {
    functionKey: part(data, 'functionKey'),
    payload: part(data, 'payload'),
  });
  if (part(answer, 'ok') !== true) throw new Error(String(part(answer, 'message')));
  const value = part(answer, 'value');
  return part(data, 'metadata') === undefined ? value : { body: value, metadata: {} };
}

async function request(
  ask: Ask,
  kind: string,
  remote: string,
  path: string,
  data: unknown,
): Promise<unknown> {
  const init = part(data, 'fetchRequestInit');
  const pairs = part(init, 'headers');
  const headers = Object.fromEntries(
    (Array.isArray(pairs) ? pairs : []).map(([name, value]) => [name, String(value)]),
  );
  const answer = await ask('fetch', {
    kind,
    remote,
    path,
    method: part(init, 'method') ?? 'GET',
    headers,
    body: part(init, 'body') ?? null,
  });
  return { ...Object(answer), statusText: '', isAttachment: false };
}

function theme() {
  return { colorMode: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light' };
}

/** Targets of `router.navigate` (`bridge/out/router/targets.js`), and plain addresses. */
function addressOf(mount: Mount, data: unknown): URL | null {
  const site = `/s/${mount.site}`;
  const targets: Record<string, () => string> = {
    issue: () => `${site}/browse/${part(data, 'issueKey')}`,
    projectPage: () => `${site}/projects/${part(data, 'projectKey')}/board`,
    module: () => `${site}/projects/${mount.place.project ?? ''}/apps/${part(data, 'moduleKey')}`,
  };
  const target = targets[String(part(data, 'target'))];
  const address = target ? target() : part(data, 'url');
  if (typeof address !== 'string' || !URL.canParse(address, location.href)) return null;
  // Apps name Jira's own paths; here they stand below the site.
  const local = /^\/(?:browse|projects)\//.test(address) ? site + address : address;
  const url = new URL(local, location.href);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url : null;
}

function navigate(mount: Mount, data: unknown): void {
  const url = addressOf(mount, data);
  if (!url) throw new Error('The address cannot be opened');
  if (part(data, 'type') === 'new-tab') open(url, '_blank', 'noopener');
  else location.assign(url);
}

const listeners = new Map<string, Set<Listener>>();

function spread(data: unknown): void {
  for (const listener of listeners.get(String(part(data, 'event'))) ?? []) listener(part(data, 'payload'));
}

function listenTo(data: unknown): { unsubscribe: () => void } {
  const event = String(part(data, 'event'));
  const callback = part(data, 'callback');
  const listener: Listener = (payload) => {
    if (typeof callback === 'function') callback(payload);
  };
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(listener));
  return { unsubscribe: () => all.delete(listener) };
}

/** `view.createHistory()`: the path below the app's page, kept in the fragment. */
function historyOf() {
  const here = () => ({
    pathname: location.hash.slice(1) || '/',
    search: '',
    hash: '',
    state: null,
    key: 'app',
  });
  const go = (to: unknown) => {
    location.hash = typeof to === 'string' ? to : String(part(to, 'pathname') ?? '/');
  };
  return {
    action: 'POP',
    location: here(),
    push: go,
    replace: go,
    go: (steps: number) => history.go(steps),
    goBack: () => history.back(),
    goForward: () => history.forward(),
    createHref: (to: unknown) => `#${typeof to === 'string' ? to : String(part(to, 'pathname') ?? '/')}`,
    listen: (listener: (where: unknown, action: string) => void) => {
      const tell = () => listener(here(), 'POP');
      addEventListener('hashchange', tell);
      return () => removeEventListener('hashchange', tell);
    },
  };
}
