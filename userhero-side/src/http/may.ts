import type { Request } from 'express';
import { z } from 'zod';
import type { ForgeCaller } from '../forge/verify-forge-token.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, notFound, type Outcome, type Problem, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';

/** What admitting callers and loading their things needs. */
export type MayPorts = {
  db: Db;
  /** Who is signed in or whose API key it is, or `null`. */
  identify(request: Request): Promise<Principal | null>;
  /** Whom a Forge Invocation Token speaks for, or `null`; see `verifyForgeToken`. */
  verifyForgeToken(token: string): Promise<ForgeCaller | null>;
};

/** How a caller proves who it is: as a member of an organization, as the Forge app, or as a sender of events. */
export type Credential = 'apiKey' | 'forgeToken' | 'jiraSender';

/**
 * Who may call a route. It admits the caller, and then loads what the path names: the caller's own, or 404.
 *
 * Roles have their place here: a `May` will ask for the least role that it takes, as in `ownAdapter('admin')`, and
 * `load` will refuse with 403 what the principal's role does not allow.
 *
 * @typeParam Caller whom it admits
 * @typeParam Param the path's parameters that name the thing
 * @typeParam Granted what the handler gets: the caller and the thing
 */
export type May<Caller, Param extends string, Granted extends object> = {
  credential: Credential;
  /** The name of the thing, for people who are told that there is none. */
  thing: string | null;
  /** The form of each parameter; what has another form is nobody's, and never reaches the database. */
  params: Record<Param, z.ZodType<string>>;
  admit(ports: MayPorts, request: Request): Promise<Outcome<Caller>>;
  load(ports: MayPorts, caller: Caller, params: Record<Param, string>): Promise<Outcome<Granted>>;
};

/** Anybody who is signed in or has an API key; what they get is their organization's. */
export const anyMember: May<Principal, never, { principal: Principal }> = {
  credential: 'apiKey',
  thing: null,
  params: {},
  admit: admitMember,
  load: async (_ports, principal) => success({ principal }),
};

/** The ids of everything that is named in a path, but for events. */
export const idSchema = z.uuid();

/**
 * Somebody of the organization that the path's `:id` belongs to: the thing is loaded, or the answer is 404. Somebody
 * else's is as if it did not exist.
 *
 * @param name what the handler finds it under
 * @param thing its name for people
 * @param find reads it within an organization
 */
export function own<Name extends string, Row>(
  name: Name,
  thing: string,
  find: (db: Db, organizationId: string, id: string) => Promise<Row | null>,
  id: z.ZodType<string> = idSchema,
): May<Principal, 'id', { principal: Principal } & Record<Name, Row>> {
  return {
    credential: 'apiKey',
    thing,
    params: { id },
    admit: admitMember,
    async load({ db }, principal, params) {
      const row = await find(db, principal.organizationId, params.id);
      if (row === null) return notFound(thing);
      return success({ principal, ...({ [name]: row } as Record<Name, Row>) });
    },
  };
}

async function admitMember(ports: MayPorts, request: Request): Promise<Outcome<Principal>> {
  const principal = await ports.identify(request);
  return principal ? success(principal) : failure(unauthenticated);
}

const unauthenticated: Problem = {
  code: 'unauthenticated',
  detail: 'This needs a session or an API key.',
  remedy: 'Sign in, or send "Authorization: Bearer {api-key}".',
};
