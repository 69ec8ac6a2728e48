import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  schema?: { type?: string; items?: unknown };
};
type Body = { content?: Record<string, { schema?: unknown }>; required?: boolean };

export type DocumentOperation = {
  method: string;
  path: string;
  parameters: Parameter[];
  requestBody: Body | undefined;
  responses: Record<string, Body>;
};

export type JiraDocument = {
  operations: Map<string, DocumentOperation>;
  /** The validator of the schema at a JSON pointer into the document, compiled once. */
  schemaAt: (pointer: string) => ValidateFunction;
  explain: (errors: ErrorObject[] | null | undefined) => string;
};

type RawOperation = {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Body>;
};
type RawDocument = { paths: Record<string, Record<string, RawOperation>>; components: unknown };

/** Whether Atlassian's OpenAPI document is there to validate with. */
export function hasDocument(file: string | undefined): file is string {
  return file !== undefined && existsSync(file);
}

/** Reads Atlassian's OpenAPI document and prepares its schemas, each compiled when it is first needed. */
export function loadDocument(file: string): JiraDocument {
  const raw: RawDocument = JSON.parse(readFileSync(file, 'utf8'));
  // strict: false lets OpenAPI 3.0's own words (readOnly, xml, discriminator, example) pass as annotations.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'jira', components: raw.components, paths: raw.paths });
  const compiled = new Map<string, ValidateFunction>();
  return {
    operations: operationsOf(raw),
    schemaAt: (pointer) => {
      const known = compiled.get(pointer);
      if (known) return known;
      const validate = ajv.compile({ $ref: `jira#${pointer}` });
      compiled.set(pointer, validate);
      return validate;
    },
    explain: (errors) => ajv.errorsText(errors, { dataVar: 'body' }),
  };
}

function operationsOf(raw: RawDocument): Map<string, DocumentOperation> {
  const operations = new Map<string, DocumentOperation>();
  for (const [path, methods] of Object.entries(raw.paths)) {
    for (const [method, one] of Object.entries(methods)) {
      if (!one.operationId) continue;
      operations.set(one.operationId, {
        method,
        path,
        parameters: one.parameters ?? [],
        requestBody: one.requestBody,
        responses: one.responses,
      });
    }
  }
  return operations;
}

/** A JSON pointer from its unescaped parts. */
export function pointer(...parts: string[]): string {
  return parts.map((part) => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
