import type { Answer, FunctionPorts, RemoteRequest } from '../src/functions/function-ports.ts';

export type FakePorts = FunctionPorts & { sent: RemoteRequest[]; errors: string[] };

/** An answer as Forge hands it on. */
export function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer {
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name) => headers[name] ?? null },
    json: async () => body,
  };
}

/** Ports that answer as told, or fail, and note what was sent. */
export function fakePorts(told: { remote?: Answer | Error; administers?: boolean } = {}): FakePorts {
  const sent: RemoteRequest[] = [];
  const errors: string[] = [];
  const { remote = answer(200), administers = true } = told;
  return {
    sent,
    errors,
    async askRemote(request) {
      sent.push(request);
      if (remote instanceof Error) throw remote;
      return remote;
    },
    askMyPermissions: async () =>
      answer(200, { permissions: { ADMINISTER_PROJECTS: { havePermission: administers } } }),
    logError: (message) => errors.push(message),
  };
}
