import type { ForgePage } from '@userhero/shared/contracts/forge.ts';
import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { expect, it, vi } from 'vitest';
import { answer, fakePorts } from '../../test/fake-ports.ts';
import { getPage, getPanel, previewMapping, saveMapping } from './page-answers.ts';

const mapping = defaultMapping({ kind: 'issues', statuses: defaultStatuses.issues });
const context = {
  accountId: 'account-1',
  extension: { project: { id: '10000', key: 'SHOP' }, issue: { id: '10042', key: 'SHOP-7' } },
};
const wanted = { adapterId: 'adapter-1', version: 3, mapping };
const empty: ForgePage = { connections: [], current: null, userheroUrl: 'https://userhero.co' };
const saved = {
  mapping,
  version: 4,
  isDefault: false,
  updatedAt: '2026-11-24T10:00:00.000Z',
  updatedBy: 'a',
};

it('a member who may not administer the project can look, and is told so', async () => {
  const ports = fakePorts({ administers: false, remote: answer(200, empty) });
  expect(await getPage(ports, { payload: {}, context })).toEqual({
    ok: true,
    value: { page: empty, mayEdit: false },
  });
});

it('a forged save by somebody who may not administer the project never reaches UserHero', async () => {
  const ports = fakePorts({ administers: false, remote: answer(200, saved) });
  const answers = [
    await saveMapping(ports, { payload: { ...wanted, mayEdit: true }, context }),
    await previewMapping(ports, { payload: wanted, context }),
  ];
  expect(answers.map((one) => !one.ok && one.problem.code)).toEqual(['forbidden', 'forbidden']);
  expect(ports.sent).toEqual([]);
});

it('when Jira does not tell permissions, nothing may be changed', async () => {
  const ports = {
    ...fakePorts(),
    askMyPermissions: async () => {
      throw new Error('REQUEST_TIMEOUT');
    },
  };
  expect(await saveMapping(ports, { payload: wanted, context })).toMatchObject({ ok: false });
  const odd = { ...fakePorts(), askMyPermissions: async () => answer(200, { permissions: {} }) };
  expect(await saveMapping(odd, { payload: wanted, context })).toMatchObject({ ok: false });
});

it('when Forge wants the person’s consent, its error leaves the function as it is, so that Forge asks', async () => {
  const consent = Object.assign(new Error('Authentication Required'), { name: 'NEEDS_AUTHENTICATION_ERR' });
  const asking = {
    ...fakePorts({ remote: answer(200, empty) }),
    askMyPermissions: () => Promise.reject(consent),
  };
  await expect(getPage(asking, { payload: {}, context })).rejects.toBe(consent);
  await expect(saveMapping(asking, { payload: wanted, context })).rejects.toBe(consent);
  await expect(previewMapping(asking, { payload: wanted, context })).rejects.toBe(consent);
  expect(asking.errors).toEqual([]);
  const remote = fakePorts({ remote: consent });
  await expect(getPage(remote, { payload: {}, context })).rejects.toBe(consent);
  await expect(getPanel(remote, { payload: {}, context })).rejects.toBe(consent);
});

it('an administrator saves for the project of Forge’s context, whatever the page says', async () => {
  const ports = fakePorts({ remote: answer(200, saved) });
  const payload = { ...wanted, accountId: 'b', projectId: '6', extension: { project: { id: '6' } } };
  expect(await saveMapping(ports, { payload, context })).toEqual({ ok: true, value: saved });
  expect(ports.sent).toEqual([
    {
      method: 'PUT',
      path: '/api/forge/projects/10000/mapping?adapter=adapter-1',
      headers: {
        'content-type': 'application/json',
        'if-match': '"3"',
        'x-userhero-account': 'account-1',
      },
      body: JSON.stringify({ mapping, version: 3, accountId: 'account-1' }),
    },
  ]);
});

it('a page of before, which leaves the later rows out, does not empty them', async () => {
  const ports = fakePorts({ remote: answer(200, saved) });
  const { resolutions, resolutionOverrides, inboundPriorities, ...before } = mapping;
  await saveMapping(ports, { payload: { ...wanted, mapping: before }, context });
  await previewMapping(ports, { payload: { ...wanted, mapping: before }, context });
  expect(ports.sent.map(({ body }) => JSON.parse(body ?? '').mapping)).toEqual([before, before]);
});

it('a conflict comes back as the problem that it is', async () => {
  const problem = {
    code: 'mapping_conflict',
    detail: 'Somebody else saved this mapping since you opened it.',
  };
  const ports = fakePorts({ remote: answer(412, { ...problem, status: 412, title: 'Conflict' }) });
  expect(await saveMapping(ports, { payload: wanted, context })).toEqual({ ok: false, problem });
});

it('a payload that is no mapping, and a context without a project, are refused before anything is asked', async () => {
  const ports = fakePorts();
  const calls = [
    { payload: { ...wanted, mapping: { outbound: 1 } }, context },
    { payload: wanted, context: { accountId: 'account-1', extension: {} } },
    { payload: { ...wanted, adapterId: '' }, context },
  ];
  for (const call of calls) expect(await saveMapping(ports, call)).toMatchObject({ ok: false });
  expect(ports.sent).toEqual([]);
});

it('an adapter id cannot lead the request elsewhere', async () => {
  const ports = fakePorts({ remote: answer(200, empty) });
  await getPage(ports, { payload: { adapterId: '../x?y=1#z' }, context });
  expect(ports.sent[0]?.path).toBe('/api/forge/projects/10000?adapter=..%2Fx%3Fy%3D1%23z');
});

it('the panel asks for the issue that it is shown in', async () => {
  const ports = fakePorts({ remote: answer(200, { items: [] }) });
  expect(await getPanel(ports, { payload: { issueId: '1' }, context })).toEqual({
    ok: true,
    value: { items: [] },
  });
  expect(ports.sent[0]?.path).toBe('/api/forge/issues/10042');
});

it('a UserHero that never answers is given up before Forge ends the function, and nothing is said of a change', async () => {
  vi.useFakeTimers();
  try {
    const ports = { ...fakePorts(), askRemote: () => new Promise<never>(() => {}) };
    const saving = saveMapping(ports, { payload: wanted, context });
    await vi.advanceTimersByTimeAsync(20_000);
    const gaveUp = await Promise.race([saving, 'still waiting']);
    expect(gaveUp).toMatchObject({ ok: false, problem: { code: 'overloaded' } });
    expect(JSON.stringify(gaveUp)).not.toContain('Nothing was changed');
  } finally {
    vi.useRealTimers();
  }
});

it('a token that is refused is told to the log of the app', async () => {
  const ports = fakePorts({ remote: answer(401, { code: 'unauthenticated', detail: 'No.' }) });
  await getPage(ports, { payload: {}, context });
  expect(ports.errors).toEqual(['UserHero answered GET /api/forge/projects/10000 with status 401']);
});

it('when UserHero is away or answers oddly, the page gets a problem to show', async () => {
  const away = await getPage(fakePorts({ remote: new Error('CONNECTION_FAILED') }), { payload: {}, context });
  const odd = await getPage(fakePorts({ remote: answer(200, '<html>') }), { payload: {}, context });
  const proxy = await getPage(fakePorts({ remote: answer(502, null) }), { payload: {}, context });
  expect([away, odd, proxy].map((one) => !one.ok && one.problem.code)).toEqual([
    'overloaded',
    'internal',
    'overloaded',
  ]);
});
