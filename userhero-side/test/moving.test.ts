import type { Item } from '@userhero/shared/contracts/item.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { resolutionOf, ruleTransition, siteNamed, walkOf, withoutRules } from './support/moving-steps.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  type Fault,
  issueInJira,
  moveInJira,
  push,
  pushedItem,
  readItem,
  withFault,
} from './support/steps.ts';
import { calm, connectSynced } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectSynced(harness, { status: { direction: 'both' } });
});
afterAll(() => harness.stop());
afterEach(() => withoutRules(harness, 'SHOP'));

const edit = async (id: string, change: Partial<Item>) => {
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${id}`, change));
  await calm(harness);
};

/** An item whose issue was brought to a status in Jira, before the walk that is looked at. */
async function standingIn(status: string): Promise<{ item: Item; key: string; before: number }> {
  const { item, key } = await pushedItem(harness, connected.workflow);
  await calm(harness);
  if (status !== 'To Do') await moveInJira(harness, key, status);
  // Its event is on its way: an edit that came before it would be overruled by Jira.
  await until('the item following its issue', async () => {
    const { externalReferences } = await readItem(harness.robin, item.id);
    return externalReferences[0]?.jiraStatus === status;
  });
  await calm(harness);
  return { item, key, before: (await walkOf(harness, key)).length };
}

/** Saves which resolutions the mapping chooses. */
async function chooseResolutions(
  adapter: { id: string },
  resolutions: Mapping['resolutions'],
): Promise<void> {
  const path = `/api/adapters/${adapter.id}/mapping`;
  const { mapping, version } = bodyOf(await harness.robin<MappingDocument>('GET', path));
  bodyOf(await harness.robin('PUT', path, { mapping: { ...mapping, resolutions }, version }));
}

/** What people read of the last move that did not arrive. */
async function toldOf(item: { id: string }): Promise<string> {
  const told = await until('the activity telling of it', async () => {
    const all = await activityOf(harness.robin, item.id);
    return all.find(({ code }) => code === 'issue_not_moved');
  });
  return told.summary;
}

/** As the issue of a screen with a required resolution is refused, however often it is asked. */
const wantsResolution: Fault = {
  kind: 'status',
  status: 400,
  match: { method: 'POST', pathIncludes: '/transitions' },
  body: { errorMessages: [], errors: { resolution: 'Field Resolution is required.' } },
};
const everyDone = ['Done', 'Closed'];

describe('an issue stays where it is', () => {
  it('when a push is refused its transition, and the warning says what that one wants', async () => {
    const item = await addItem(harness.robin, connected.workflow, { status: 'resolved' });
    const pushed = bodyOf(await withFault(harness, wantsResolution, () => push(harness.robin, item)), 201);
    expect(await walkOf(harness, pushed.reference?.key ?? '')).toEqual([]);
    expect(pushed.reference?.jiraStatus).toBe('To Do');
    expect(pushed.warnings).toMatchObject([
      {
        code: 'status_unreachable',
        message:
          '"Done" wants a resolution. Jira said: Field Resolution is required. The issue stays in "To Do".',
      },
    ]);
  });

  it('when an edited status is refused its transition, and the activity says the same', async () => {
    const { item, key, before } = await standingIn('In Progress');
    await withFault(harness, wantsResolution, () => edit(item.id, { status: 'resolved' }));
    expect((await walkOf(harness, key)).slice(before)).toEqual([]);
    expect(await toldOf(item)).toMatch(/^"Done" wants a resolution\..*stays in "In Progress"\.$/);
    expect((await readItem(harness.robin, item.id)).status).toBe('resolved');
  });

  it('when its reopening is refused by a validator', async () => {
    const { item, key, before } = await standingIn('Done');
    const validators = [{ type: 'refuse', message: 'Only a release manager may reopen.' }];
    for (const name of ['Backlog', 'To Do']) await ruleTransition(harness, 'SHOP', name, { validators });
    await edit(item.id, { status: 'open' });
    expect((await walkOf(harness, key)).slice(before)).toEqual([]);
    expect(await toldOf(item)).toBe(
      'Jira refused "Backlog". Jira said: Only a release manager may reopen. The issue stays in "Done".',
    );
  });

  it('when a condition hides every transition to its status', async () => {
    const { item, key, before } = await standingIn('To Do');
    for (const name of everyDone)
      await ruleTransition(harness, 'SHOP', name, { conditions: [{ type: 'never' }] });
    await edit(item.id, { status: 'resolved' });
    expect((await walkOf(harness, key)).slice(before)).toEqual([]);
    expect(await toldOf(item)).toBe('Jira does not offer "Done" for this issue. The issue stays in "To Do".');
  });

  it('when its transition wants a field that UserHero has no value for', async () => {
    const { item, key, before } = await standingIn('To Do');
    for (const name of everyDone) {
      const region = ['customfield_10050'];
      await ruleTransition(harness, 'SHOP', name, { screen: region, required: region });
    }
    await edit(item.id, { status: 'resolved' });
    expect((await walkOf(harness, key)).slice(before)).toEqual([]);
    expect(await toldOf(item)).toMatch(/^"Done" wants the field "Region"/);
  });

  it('when the account may not move it: 403', async () => {
    const { item, key, before } = await standingIn('To Do');
    const account = 'ada';
    const permit = (transition: boolean | null) =>
      harness.jira('POST', '/sandbox/api/permissions', { project: 'SHOP', account, transition });
    bodyOf(await permit(false));
    await edit(item.id, { status: 'resolved' });
    bodyOf(await permit(null));
    expect((await walkOf(harness, key)).slice(before)).toEqual([]);
    expect(await toldOf(item)).toMatch(/stays in "To Do"\.$/);
  });
});

it('an issue that has a value of the required field is moved, and keeps it', async () => {
  const fixedFields = { customfield_10050: '10102', customfield_10051: 'ISO-27001' };
  const own = await connectJira(harness, { project: 'COMP', fixedFields });
  const screen = ['resolution', 'customfield_10050'];
  await ruleTransition(harness, 'COMP', 'Done', { screen, required: screen });
  const { key } = await pushedItem(harness, own.workflow, { status: 'resolved' });
  expect(await walkOf(harness, key)).toEqual(['Done']);
  expect((await issueInJira(harness, key)).custom).toMatchObject({ customfield_10050: { id: '10102' } });
});

describe('a resolution', () => {
  it('is filled in where the screen requires one', async () => {
    await ruleTransition(harness, 'SHOP', 'Done', { screen: ['resolution'], required: ['resolution'] });
    const { key } = await pushedItem(harness, connected.workflow, { status: 'resolved' });
    expect([await walkOf(harness, key), await resolutionOf(harness, key)]).toEqual([['Done'], 'Done']);
  });

  it('is "Won’t Do" for a lead that was lost', async () => {
    const leads = await connectJira(harness, { kind: 'leads' });
    await ruleTransition(harness, 'SHOP', 'Done', { screen: ['resolution'], required: ['resolution'] });
    const { key } = await pushedItem(harness, leads.workflow, { status: 'lost' });
    expect(await resolutionOf(harness, key)).toBe("Won't Do");
  });

  it('is the mapping’s own choice, and the standard where Jira does not allow that one', async () => {
    await ruleTransition(harness, 'SHOP', 'Done', { screen: ['resolution'], required: ['resolution'] });
    const own = await connectJira(harness);
    const acme = siteNamed(harness, 'acme');
    const all = acme.resolutions;
    const duplicate = all.find(({ name }) => name === 'Duplicate');
    await chooseResolutions(own.adapter, { resolved: duplicate?.id ?? '' });
    const chosen = await pushedItem(harness, own.workflow, { status: 'resolved' });
    expect(await resolutionOf(harness, chosen.key)).toBe('Duplicate');

    acme.resolutions = all.filter((one) => one !== duplicate);
    const fallen = await pushedItem(harness, own.workflow, { status: 'resolved' });
    // What was learned still offers Duplicate; once it is refused, the other status of the category will do.
    expect(await walkOf(harness, fallen.key)).toHaveLength(1);
    expect(await resolutionOf(harness, fallen.key)).toBe('Done');
    acme.resolutions = acme.resolutions.filter(({ name }) => name !== 'Done');
    const first = await pushedItem(harness, own.workflow, { status: 'resolved' });
    expect(await resolutionOf(harness, first.key)).toBe(acme.resolutions[0]?.name);
    acme.resolutions = all;
  });

  it('is sent once more where a validator wants it and the screen has it', async () => {
    const validators = [{ type: 'field_required', field: 'resolution' }];
    await ruleTransition(harness, 'SHOP', 'Done', { screen: ['resolution'], required: [], validators });
    const { key } = await pushedItem(harness, connected.workflow, { status: 'resolved' });
    expect([await walkOf(harness, key), await resolutionOf(harness, key)]).toEqual([['Done'], 'Done']);
  });

  it('is told to be wanted where the screen has none', async () => {
    const validators = [{ type: 'field_required', field: 'resolution' }];
    for (const name of everyDone) await ruleTransition(harness, 'SHOP', name, { screen: [], validators });
    const item = await addItem(harness.robin, connected.workflow, { status: 'resolved' });
    const pushed = bodyOf(await push(harness.robin, item), 201);
    expect(await walkOf(harness, pushed.reference?.key ?? '')).toEqual([]);
    expect(pushed.warnings[0]?.message).toMatch(/^"Done" wants a resolution\./);
  });
});

it('another acceptable status is taken where the best one is refused', async () => {
  const validators = [{ type: 'refuse', message: 'Not without a review.' }];
  await ruleTransition(harness, 'SHOP', 'Done', { validators });
  const { item, key } = await pushedItem(harness, connected.workflow, { status: 'resolved' });
  await calm(harness);
  expect(await walkOf(harness, key)).toEqual(['Closed']);
  expect((await readItem(harness.robin, item.id)).status).toBe('resolved');
});
