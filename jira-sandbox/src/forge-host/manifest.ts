import { parse } from 'yaml';
import { z } from 'zod';

const title = z.union([z.string(), z.object({ i18n: z.string() })]);
const filter = z.object({
  ignoreSelf: z.boolean().optional(),
  expression: z.string().optional(),
  onError: z.enum(['IGNORE', 'IGNORE_AND_LOG', 'RECEIVE', 'RECEIVE_AND_LOG']).default('IGNORE_AND_LOG'),
});
const payload = z.object({ include: z.object({ fields: z.array(z.string()).default([]) }) });
const uiModule = z.object({
  key: z.string(),
  title: title.optional(),
  resource: z.string(),
  resolver: z.object({ function: z.string().optional(), endpoint: z.string().optional() }).optional(),
  render: z.string().optional(),
});
const triggerModule = z.object({
  key: z.string(),
  function: z.string(),
  events: z.array(
    z.union([
      z.string(),
      z.object({ eventType: z.string(), filter: filter.optional(), payload: payload.optional() }),
    ]),
  ),
  filter: filter.optional(),
  payload: payload.optional(),
});
const functionModule = z.object({
  key: z.string(),
  handler: z.string(),
  timeoutSeconds: z.number().optional(),
});
const egress = z.union([z.string(), z.object({ address: z.string() }), z.object({ remote: z.string() })]);
const scopes = z.union([
  z.array(z.string()),
  z.record(z.string(), z.object({ allowImpersonation: z.boolean().optional() }).nullable()),
]);

const manifestSchema = z.object({
  app: z.object({
    id: z.string().startsWith('ari:cloud:ecosystem::app/'),
    name: z.string().optional(),
    package: z.object({ path: z.string() }).optional(),
  }),
  modules: z.object({
    'jira:projectPage': z.array(uiModule).default([]),
    'jira:issuePanel': z.array(uiModule).default([]),
    'jira:issueContext': z.array(uiModule).default([]),
    trigger: z.array(triggerModule).default([]),
    function: z.array(functionModule).default([]),
  }),
  resources: z.array(z.object({ key: z.string(), path: z.string() })).default([]),
  remotes: z
    .array(
      z.object({
        key: z.string(),
        baseUrl: z.union([z.string(), z.looseObject({ default: z.string() })]).optional(),
      }),
    )
    .default([]),
  permissions: z
    .object({
      scopes: scopes.default([]),
      external: z
        .object({
          fetch: z
            .object({ backend: z.array(egress).default([]), client: z.array(egress).default([]) })
            .default({ backend: [], client: [] }),
        })
        .default({ fetch: { backend: [], client: [] } }),
    })
    .default({ scopes: [], external: { fetch: { backend: [], client: [] } } }),
  translations: z
    .object({
      resources: z.array(z.object({ key: z.string(), path: z.string() })),
      fallback: z.looseObject({ default: z.string() }),
    })
    .optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type UiModule = z.infer<typeof uiModule>;
export type TriggerModule = z.infer<typeof triggerModule>;
export type EventFilter = z.infer<typeof filter>;
export type Egress = z.infer<typeof egress>;

/** The module types that draw something, in the words of the manifest. */
export const uiModuleTypes = ['jira:projectPage', 'jira:issuePanel', 'jira:issueContext'] as const;
export type UiModuleType = (typeof uiModuleTypes)[number];

/**
 * Reads what the host needs of a manifest; the manifest's own validity is for `@forge/manifest` to judge.
 * The shapes are those of its schema (`@forge/manifest/out/schema/manifest-schema.json`).
 */
export function parseManifest(text: string): Manifest {
  return manifestSchema.parse(parse(text));
}

/** A drawing module of that key with its type. */
export function uiModuleByKey(
  manifest: Manifest,
  key: string,
): { type: UiModuleType; module: UiModule } | null {
  for (const type of uiModuleTypes) {
    const module = manifest.modules[type].find((one) => one.key === key);
    if (module) return { type, module };
  }
  return null;
}

/** The scopes that an administrator grants by installing the app. */
export function scopesOf(manifest: Manifest): string[] {
  const { scopes: wanted } = manifest.permissions;
  return Array.isArray(wanted) ? wanted : Object.keys(wanted);
}

/** The scopes with which the app may act for a person who does not use it at the moment. */
export function impersonationScopes(manifest: Manifest): string[] {
  const { scopes: wanted } = manifest.permissions;
  if (Array.isArray(wanted)) return [];
  return Object.entries(wanted).flatMap(([scope, options]) => (options?.allowImpersonation ? [scope] : []));
}
