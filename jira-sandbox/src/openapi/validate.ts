import {
  type DocumentOperation,
  hasDocument,
  type JiraDocument,
  loadDocument,
  pointer,
} from './load-document.ts';

const keptFailures = 20;

export type ValidationFailure = { direction: 'request' | 'response'; operation: string; problem: string };

export type Validator = {
  enabled: boolean;
  /** What is wrong with a request, or null. */
  request: (operationId: string, query: URLSearchParams, body: unknown) => string | null;
  /** What is wrong with a response, or null. */
  response: (operationId: string, status: number, body: unknown) => string | null;
  /** Whether the document has an operation for this method and path below `/rest/api/3`. */
  documents: (method: string, path: string) => boolean;
  report: () => { enabled: boolean; requests: number; responses: number; failures: ValidationFailure[] };
};

/** Checks requests and responses against Atlassian's document, or nothing where it is absent. */
export function createValidator(file: string | undefined): Validator {
  const enabled = hasDocument(file);
  const failures: ValidationFailure[] = [];
  const counts = { requests: 0, responses: 0 };
  // Reading the 2.4 MB takes longer than the rest of the start, so the first request pays for it.
  const loaded = () => loadOnce(file ?? '');
  const note = (direction: ValidationFailure['direction'], operation: string, problem: string | null) => {
    if (problem) failures.push({ direction, operation, problem });
    if (failures.length > keptFailures) failures.shift();
    return problem;
  };
  return {
    enabled,
    request: (id, query, body) => {
      if (!enabled) return null;
      counts.requests += 1;
      return note('request', id, requestProblem(loaded(), id, query, body));
    },
    response: (id, status, body) => {
      if (!enabled) return null;
      counts.responses += 1;
      return note('response', id, responseProblem(loaded(), id, status, body));
    },
    documents: (method, path) => enabled && isDocumented(loaded(), method, path),
    report: () => ({ enabled, ...counts, failures: [...failures] }),
  };
}

const documents = new Map<string, JiraDocument>();

/** The document of a file, read once per process: it never changes, and its schemas take longest to compile. */
function loadOnce(file: string): JiraDocument {
  const known = documents.get(file) ?? loadDocument(file);
  documents.set(file, known);
  return known;
}

function isDocumented(document: JiraDocument, method: string, path: string): boolean {
  return [...document.operations.values()].some(
    (one) =>
      one.method === method.toLowerCase() &&
      new RegExp(`^${one.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(`/rest/api/3${path}`),
  );
}

function requestProblem(
  document: JiraDocument,
  id: string,
  query: URLSearchParams,
  body: unknown,
): string | null {
  const operation = document.operations.get(id);
  if (!operation) return `The document has no operation ${id}`;
  const problem = queryProblem(operation, query);
  if (problem) return problem;
  if (!operation.requestBody) return null;
  if (body === undefined) return operation.requestBody.required ? 'a body is required' : null;
  if (!operation.requestBody.content?.['application/json']) return 'the body must not be JSON';
  const place = pointer(
    'paths',
    operation.path,
    operation.method,
    'requestBody',
    'content',
    'application/json',
  );
  const validate = document.schemaAt(`${place}/schema`);
  return validate(body) ? null : document.explain(validate.errors);
}

function queryProblem(operation: DocumentOperation, query: URLSearchParams): string | null {
  const known = operation.parameters.filter((one) => one.in === 'query');
  for (const [name, value] of query) {
    const parameter = known.find((one) => one.name === name);
    if (!parameter) return `the query parameter '${name}' is not documented`;
    const type = parameter.schema?.type;
    if (type === 'integer' && !/^-?\d+$/.test(value)) return `the query parameter '${name}' is no integer`;
    if (type === 'boolean' && !/^(true|false)$/.test(value)) {
      return `the query parameter '${name}' is no boolean`;
    }
  }
  const missing = known.find((one) => one.required && !query.has(one.name));
  return missing ? `the query parameter '${missing.name}' is required` : null;
}

function responseProblem(document: JiraDocument, id: string, status: number, body: unknown): string | null {
  const operation = document.operations.get(id);
  if (!operation) return `The document has no operation ${id}`;
  const documented = operation.responses[String(status)];
  if (!documented) return status < 300 ? `the status ${status} is not documented` : null;
  if (!documented.content?.['application/json']?.schema || body === undefined) return null;
  const place = pointer(
    'paths',
    operation.path,
    operation.method,
    'responses',
    String(status),
    'content',
    'application/json',
  );
  const validate = document.schemaAt(`${place}/schema`);
  // The document describes one link, Jira answers a list of them unless a globalId is asked for;
  // jira.js knows both (its model getRemoteIssueLinks).
  const parts = id === 'getRemoteIssueLinks' && Array.isArray(body) ? body : [body];
  const bad = parts.find((part) => !validate(part));
  return bad === undefined ? null : document.explain(validate.errors);
}
