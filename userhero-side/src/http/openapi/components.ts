import { z } from 'zod';
import { schemaName } from './schema-names.ts';

/** A JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = Record<string, unknown>;

/** Collects the schemas that have a name; everything else in the document refers to them. */
export type Components = { schemas: Map<string, JsonSchema>; refer(schema: z.ZodType): JsonSchema };

/**
 * Makes an empty collection. `refer` answers a schema as it stands in the document: a reference when it has a name,
 * with everything that it refers to collected.
 */
export function createComponents(): Components {
  const schemas = new Map<string, JsonSchema>();
  return {
    schemas,
    refer(schema) {
      const { $defs, properties } = toJsonSchema(schema);
      for (const [name, named] of Object.entries($defs)) schemas.set(name, named);
      return properties.it;
    },
  };
}

/** Keys that are known stand as properties: a generator makes nothing of `propertyNames`. */
function nameKeys({ keyType }: z.ZodRecord, jsonSchema: JsonSchema): void {
  if (!(keyType instanceof z.ZodEnum)) return;
  jsonSchema.properties = Object.fromEntries(
    keyType.options.map((key) => [String(key), jsonSchema.additionalProperties]),
  );
  delete jsonSchema.propertyNames;
  delete jsonSchema.additionalProperties;
}

/** What zod asks of each schema that it writes: its name, and what the contract says of it. */
const named = z.registry<{ id?: string | undefined; description?: string | undefined }>();
named.get = (schema) => ({ ...z.globalRegistry.get(schema), id: schemaName(schema) });

type Wrapped = { $defs: Record<string, JsonSchema>; properties: { it: JsonSchema } };

/** Only what lies within a schema is referred to, so it is put into one. */
function toJsonSchema(schema: z.ZodType): Wrapped {
  const document = z.toJSONSchema(z.object({ it: schema }), {
    // What is sent, not what parsing makes of it: a default may be left out.
    io: 'input',
    unrepresentable: 'any',
    metadata: named,
    override({ zodSchema, jsonSchema }) {
      if (zodSchema instanceof z.ZodRecord) nameKeys(zodSchema, jsonSchema);
      // A format says it; the pattern behind it says it again in 200 characters.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const moved = JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/');
  return { $defs: {}, ...(JSON.parse(moved) as Omit<Wrapped, '$defs'>) };
}
