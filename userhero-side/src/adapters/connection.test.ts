import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { readSettings } from '@userhero/shared/sync/settings.ts';
import { describe, expect, it } from 'vitest';
import { stateOf, waitsForResume } from './adapter-state.ts';
import { activeConnectionOf, type ConnectionRow, connectionOf, siteConnectionOf } from './connection.ts';

const workflow = {
  kind: 'leads',
  statuses: [
    { slug: 'new', name: 'New' },
    { slug: 'won', name: 'Won' },
  ],
};

/** An adapter as it is stored once its set-up is finished. */
const finished = {
  id: 'adapter-1',
  state: 'active',
  pauseReason: null,
  grantId: 'grant-1',
  grant: { accountId: 'account-1', accountName: 'Ada', state: 'active' },
  cloudId: 'cloud-1',
  siteUrl: 'https://acme.atlassian.net',
  jiraProjectId: '10001',
  jiraProjectKey: 'SHOP',
  issueTypeId: '10002',
  mapping: defaultMapping(workflow as Parameters<typeof defaultMapping>[0]),
  fixedFields: { customfield_1: { id: '7' } },
  sync: {},
  sendChanges: true,
  workflow,
  project: { plan: 'growth', organizationId: 'organization-1' },
} as unknown as ConnectionRow;

const row = (changed: Partial<ConnectionRow>): ConnectionRow => ({ ...finished, ...changed });
const plan = (name: string) => ({ project: { ...finished.project, plan: name } });
const problemOf = (outcome: ReturnType<typeof connectionOf>) => (outcome.ok ? null : outcome.problem);

describe('the state that counts', () => {
  it.each([
    ['active', null, 'growth', { state: 'active', pauseReason: null }],
    ['paused', 'manual', 'growth', { state: 'paused', pauseReason: 'manual' }],
    ['paused', null, 'growth', { state: 'paused', pauseReason: 'manual' }],
    ['active', null, 'free', { state: 'paused', pauseReason: 'plan' }],
    ['paused', 'manual', 'free', { state: 'paused', pauseReason: 'plan' }],
    ['needs_reauth', null, 'free', { state: 'needs_reauth', pauseReason: null }],
    ['choosing', 'manual', 'growth', { state: 'choosing', pauseReason: null }],
  ])('of an adapter stored as %s (%s) with the plan %s', (state, pauseReason, name, expected) => {
    expect(stateOf({ state, pauseReason, project: { plan: name } })).toEqual(expected);
  });

  it('of no adapter is none', () => {
    expect(stateOf(null)).toEqual({ state: null, pauseReason: null });
  });

  it('waits for its resume after a pause by a person only', () => {
    const waits = (changed: Partial<ConnectionRow>) => waitsForResume(stateOf(row(changed)));
    expect(waits({ state: 'paused', pauseReason: 'manual' })).toBe(true);
    expect(waits({ state: 'paused', pauseReason: 'manual', ...plan('free') })).toBe(false);
    expect(waits({ state: 'active' })).toBe(false);
    expect(waitsForResume(stateOf(null))).toBe(false);
  });
});

describe('a connection', () => {
  it('has everything that the adapter’s work needs, with its mapping parsed', () => {
    expect(connectionOf(finished)).toEqual({
      ok: true,
      value: {
        adapterId: 'adapter-1',
        organizationId: 'organization-1',
        grantId: 'grant-1',
        account: { id: 'account-1', name: 'Ada' },
        cloudId: 'cloud-1',
        siteUrl: 'https://acme.atlassian.net',
        place: { adapterId: 'adapter-1', cloudId: 'cloud-1', projectId: '10001', issueTypeId: '10002' },
        projectKey: 'SHOP',
        mapping: finished.mapping,
        workflow,
        fixedFields: { customfield_1: { id: '7' } },
        settings: readSettings({}, true),
      },
    });
  });

  it('needs no Jira project to reach the site', () => {
    expect(siteConnectionOf(row({ jiraProjectId: null, issueTypeId: null })).ok).toBe(true);
  });

  it.each<[string, Partial<ConnectionRow>, string, RegExp]>([
    ['a consent', { grantId: null, grant: null }, 'adapter_wrong_state', /not connected to Atlassian/],
    ['a site', { cloudId: null, siteUrl: null }, 'adapter_wrong_state', /No Jira site/],
    ['a project', { jiraProjectId: null }, 'adapter_wrong_state', /No Jira project/],
    ['an issue type', { issueTypeId: null }, 'adapter_wrong_state', /No Jira project/],
    ['a mapping that can be read', { mapping: { broken: true } }, 'mapping_invalid', /cannot be read/],
  ])('is missing without %s, and says so', (_what, lacking, code, detail) => {
    const problem = problemOf(connectionOf(row(lacking)));
    expect(problem).toMatchObject({
      code,
      detail: expect.stringMatching(detail),
      remedy: expect.any(String),
    });
  });

  it('is missing where the workflow has no adapter', () => {
    expect(problemOf(connectionOf(null))).toMatchObject({ code: 'adapter_not_active' });
    expect(problemOf(activeConnectionOf(null))).toEqual(problemOf(connectionOf(null)));
  });
});

describe('an active connection', () => {
  it('is the connection of an adapter that syncs', () => {
    expect(activeConnectionOf(finished)).toEqual(connectionOf(finished));
  });

  it.each<[string, Partial<ConnectionRow>]>([
    ['plan_required', plan('starter')],
    ['needs_reauth', { state: 'needs_reauth' }],
    ['adapter_not_active', { state: 'paused', pauseReason: 'manual' }],
    ['adapter_not_active', { state: 'authorizing' }],
    ['adapter_not_active', { state: 'disconnected', grantId: null, grant: null }],
  ])('is refused with %s', (code, changed) => {
    expect(problemOf(activeConnectionOf(row(changed)))).toMatchObject({ code });
  });

  it('says of a missing project what a connection says of it', () => {
    const choosing = problemOf(activeConnectionOf(row({ state: 'choosing', jiraProjectId: null })));
    const { detail, remedy } = problemOf(connectionOf(row({ jiraProjectId: null }))) ?? {};
    expect(choosing).toEqual({ code: 'adapter_not_active', detail, remedy });
  });
});
