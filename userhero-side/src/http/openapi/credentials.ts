import type { RouteFacts } from '../route.ts';

/** How callers prove who they are. */
export const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of an organization: `Authorization: Bearer {api-key}`.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'userhero.session_token',
    description:
      'The session of somebody who is signed in. Writes with it must come from UserHero’s own pages.',
  },
  forgeToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A Forge Invocation Token of the app that belongs to this deployment.',
  },
  webhookSecret: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An adapter’s own webhook secret, or the deployment’s; a registered webhook sends a JWT of Atlassian’s here.',
  },
  webhookSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Hub-Signature',
    description: '`sha256={HMAC of the body}`, by the secret that was given to Jira with the webhook.',
  },
} as const;

type Requirement = Partial<Record<keyof typeof securitySchemes, string[]>>;

const requirements: Record<NonNullable<RouteFacts['credential']>, Requirement[]> = {
  apiKey: [{ apiKey: [] }, { session: [] }],
  forgeToken: [{ forgeToken: [] }],
  jiraSender: [{ webhookSecret: [] }, { webhookSignature: [] }, { forgeToken: [] }],
};

/** What a route asks for: one of these; nothing of a route that is open to all. */
export function credentialsOf(credential: RouteFacts['credential']): Record<string, string[]>[] {
  return credential === null ? [] : requirements[credential].map((one) => ({ ...one }));
}
