import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { success } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { anyMember, type MayPorts, own } from './may.ts';
import { route } from './route.ts';

const principal = { userId: 'robin', userName: 'Robin', organizationId: 'acme', sessionId: null };
const ports: MayPorts = {
  db: {} as PrismaClient,
  identify: async (request) => (request.get('authorization') === 'robin' ? principal : null),
  verifyForgeToken: async () => null,
};

function ask(given: { params?: Record<string, string>; body?: unknown; headers?: Record<string, string> }) {
  const { params = {}, body, headers = { authorization: 'robin' } } = given;
  return {
    params,
    query: {},
    body,
    get: (name: string) => headers[name.toLowerCase()],
  } as unknown as Request;
}

describe('a route', () => {
  const asked: string[] = [];
  const ownDoor = own('door', 'door', async (_db, organizationId, id) => {
    asked.push(`${organizationId} ${id}`);
    return id === present ? { id, colour: 'red' } : null;
  });
  const present = newId();
  const paint = route({
    method: 'put',
    path: '/api/doors/:id/colour',
    name: 'paintDoor',
    summary: 'Paint a door',
    may: ownDoor,
    body: z.object({ colour: z.string() }),
    answers: z.object({ was: z.string(), is: z.string(), by: z.string() }),
    status: 201,
    handle: ({ door, principal, body }) =>
      success({ was: door.colour, is: body.colour, by: principal.userName }),
  });
  const answerTo = async (given: Parameters<typeof ask>[0]) => {
    const outcome = await paint.run(ports, ask(given));
    return outcome.ok ? outcome.value : outcome.problem.code;
  };

  it('hands over what the path names, of the caller’s organization, with the parsed request', async () => {
    const answer = await answerTo({ params: { id: present }, body: { colour: 'blue' } });
    expect(answer).toEqual({ status: 201, body: { was: 'red', is: 'blue', by: 'Robin' } });
    expect(asked).toEqual([`acme ${present}`]);
  });

  it('knows nobody before it looks at anything else', async () => {
    asked.length = 0;
    expect(await answerTo({ params: { id: '0' }, headers: {} })).toBe('unauthenticated');
    expect(asked).toEqual([]);
  });

  it('asks the database for nothing that is no id', async () => {
    asked.length = 0;
    for (const id of ['', '0', 'a\u0000b', `${present}'`, present.slice(1)])
      expect(await answerTo({ params: { id }, body: { colour: 'blue' } })).toBe('not_found');
    expect(asked).toEqual([]);
    expect(await answerTo({ params: { id: newId() }, body: { colour: 'blue' } })).toBe('not_found');
    expect(asked).toHaveLength(1);
  });

  it('names a wrong field before it loads anything', async () => {
    asked.length = 0;
    expect(await answerTo({ params: { id: present }, body: {} })).toBe('validation_failed');
    expect(asked).toEqual([]);
  });

  it('is refused by the compiler when its path, its answer or its status is another', () => {
    const common = {
      method: 'get',
      name: 'x',
      summary: 'x',
      answers: z.object({ colour: z.string() }),
    } as const;
    const handle = () => success({ colour: 'red' });
    // @ts-expect-error the path names no id
    route({ ...common, path: '/api/doors', may: ownDoor, handle });
    // @ts-expect-error nothing says of what form the id is
    route({ ...common, path: '/api/doors/:id', may: anyMember, handle });
    // @ts-expect-error the answer is no door
    route({ ...common, path: '/api/doors/:id', may: ownDoor, handle: () => success({ color: 'red' }) });
    const statuses = { 200: 'The door is there.', 202: 'The door is coming.' };
    const painted = () => success({ status: 201 as const, body: { colour: 'red' } });
    // @ts-expect-error no status of the document
    route({ ...common, path: '/api/doors/:id', may: ownDoor, statuses, handle: painted });
    expect(route({ ...common, path: '/api/doors/:id', may: ownDoor, handle }).statuses).toEqual({
      200: 'Success',
    });
  });
});
