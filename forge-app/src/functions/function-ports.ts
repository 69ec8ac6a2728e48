/** The part of a response that the functions read; Forge's and the browser's both have it. */
export type Answer = {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  json(): Promise<unknown>;
};

export type RemoteRequest = {
  method: 'GET' | 'PUT' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
};

/** What the functions need from Forge: the two ways out that the manifest allows. */
export type FunctionPorts = {
  /** Sends a request to UserHero; Forge signs it with an invocation token. */
  askRemote(request: RemoteRequest): Promise<Answer>;
  /** Asks Jira, as the person who is looking, whether they may administer a project. */
  askMyPermissions(projectId: string): Promise<Answer>;
  logError(message: string): void;
};
