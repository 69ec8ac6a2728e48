import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import type { HealthCode, HealthValues } from '@userhero/shared/contracts/health.ts';
import { reasonText } from '@userhero/shared/health/health-text.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildForgeApp } from '../build.ts';
import { current, mapping, pageAnswer } from './page-facts.ts';
import { type Drawn, type Invocation, type RunningPage, runPage } from './run-page.ts';

beforeAll(() => buildForgeApp());

const saved = { ...current.document, version: 2, isDefault: false };

/** Answers `getPage` with the first, and every other function as told. */
function page(answer: unknown, others: Record<string, (call: Invocation) => unknown> = {}, locale?: string) {
  const told = (call: Invocation) => (others[call.functionKey] ?? (() => answer))(call);
  return runPage('page', told, locale);
}

function press(running: RunningPage, label: string): void {
  const button = [...running.all('Button'), ...running.all('LoadingButton')].find((one) => says(one, label));
  if (!button || button.props.isDisabled === true) throw new Error(`no button "${label}" to press`);
  (button.props.onClick as () => void)();
}

function says(element: Drawn, label: string): boolean {
  return element.children.some((child) => child.props.text === label);
}

function choose(running: RunningPage, id: string, value: string): void {
  const select = running.all('Select').find((one) => one.props.name === id);
  const options = select?.props.options as { value: string; label: string }[];
  const option = options.find((one) => one.value === value);
  (select?.props.onChange as (option: unknown) => void)(option);
}

const isDrawn = (running: RunningPage, text: string) => running.until(() => running.text().includes(text));

/** A connection with one reason against calling it healthy. */
function withReason(code: HealthCode, values: HealthValues = {}): Partial<ForgeCurrent> {
  const severity = code === 'no_event_yet' ? 'waiting' : 'problem';
  const reason = { code, severity, ...reasonText(code, values), values } as const;
  const level = severity === 'waiting' ? 'waiting' : 'attention';
  return { health: { ...current.health, healthy: false, level, reasons: [reason] } };
}

describe('the page says how things are:', () => {
  const problem = { code: 'overloaded', detail: 'UserHero does not answer at the moment.' };
  const none = { connections: [], current: null, userheroUrl: 'https://userhero.co' };
  const cases: [string, unknown, string, string][] = [
    ['healthy', pageAnswer(), 'Healthy', 'In Ordnung'],
    [
      'waiting for Jira’s limit',
      pageAnswer({ waiting: { for: 'quota', until: '2026-11-28T14:00:00.000Z' } }),
      'Waiting for Jira’s limit until',
      'auf Jiras Limit',
    ],
    [
      'nothing heard yet',
      pageAnswer(withReason('no_event_yet')),
      'No event has arrived',
      'noch kein Ereignis',
    ],
    [
      'refused by Jira',
      pageAnswer(withReason('jira_refuses', { detail: 'The app is blocked by your administrator.' })),
      'Jira refuses the connection: The app is blocked',
      'Jira lehnt die Verbindung ab: The app is blocked',
    ],
    ['an error', { ok: false, problem }, 'UserHero does not answer', 'UserHero antwortet gerade nicht'],
    [
      'not connected',
      { ok: true, value: { page: none, mayEdit: true } },
      'not connected',
      'nicht mit UserHero',
    ],
    ['access has ended', pageAnswer({ state: 'needs_reauth', jira: null }), 'has ended', 'keinen Zugriff'],
    [
      'paused by hand',
      pageAnswer({ state: 'paused', pauseReason: 'manual' }),
      'for maintenance',
      'Für Wartung',
    ],
    ['paused by the plan', pageAnswer({ state: 'paused', pauseReason: 'plan' }), 'by the plan', 'des Tarifs'],
    ['disconnected', pageAnswer({ state: 'disconnected' }), 'are preserved', 'bleiben erhalten'],
    ['read only', pageAnswer({}, false), 'Read-only', 'Nur lesbar'],
    ['Jira cannot be read', pageAnswer({ jira: null }), 'cannot be read just now', 'gerade nicht lesbar'],
  ];
  it.each(cases)('%s, in English and in German', async (_name, answer, english, german) => {
    await isDrawn(page(answer), english);
    await isDrawn(page(answer, {}, 'de_DE'), german);
  });
});

it('the page shows which Jira status has no mapping', async () => {
  const running = page(pageAnswer());
  await isDrawn(running, 'Lost Sheep');
  expect(running.text()).toContain('No mapping');
});

it('somebody who may not administer the project sees no field and no button to save', async () => {
  const running = page(pageAnswer({}, false));
  await isDrawn(running, 'Read-only');
  expect([running.all('Select'), running.all('Checkbox'), running.all('LoadingButton')]).toEqual([
    [],
    [],
    [],
  ]);
});

it('a changed mapping is saved with the version that was seen, and the person is told', async () => {
  const running = page(pageAnswer(), { saveMapping: () => ({ ok: true, value: saved }) });
  await isDrawn(running, 'Save mapping');
  choose(running, 'outbound.closed.jiraStatusId', '5');
  await isDrawn(running, 'Not saved yet.');
  press(running, 'Save mapping');
  await running.until(() => running.flags.length === 1);
  expect(running.invocations.at(-1)).toEqual({
    functionKey: 'saveMapping',
    payload: {
      adapterId: 'adapter-1',
      version: 1,
      mapping: {
        ...mapping,
        outbound: { ...mapping.outbound, closed: { category: 'done', jiraStatusId: '5' } },
      },
    },
  });
});

it('resolutions and the priorities that come from Jira are rows like the others', async () => {
  const priority = { ...standardSettings.priority, direction: 'from-jira' as const };
  const on = pageAnswer({ sync: { ...standardSettings, priority } });
  const running = page(on, { saveMapping: () => ({ ok: true, value: saved }) });
  await isDrawn(running, 'Priorities from Jira');
  choose(running, 'resolutions.closed', '10001');
  press(running, 'Add override by resolution');
  choose(running, 'resolutionOverrides.0.resolutionId', '10001');
  choose(running, 'resolutionOverrides.0.status', 'closed');
  choose(running, 'inboundPriorities.1', 'high');
  press(running, 'Save mapping');
  await running.until(() => running.flags.length === 1);
  expect(running.invocations.at(-1)?.payload).toMatchObject({
    mapping: {
      resolutions: { closed: '10001' },
      resolutionOverrides: [{ resolutionId: '10001', status: 'closed' }],
      inboundPriorities: [{ jiraPriorityId: '1', priority: 'high' }],
    },
  });
});

it('without priorities from Jira there are no rows for them, and a reader sees the resolutions', async () => {
  const running = page(pageAnswer());
  await isDrawn(running, 'Resolutions in Jira');
  expect(running.text()).not.toContain('Priorities from Jira');
  const resolutionOverrides = [{ resolutionId: '99', status: 'closed' }];
  const document = { ...current.document, mapping: { ...mapping, resolutionOverrides } };
  const reader = page(pageAnswer({ document }, false), {}, 'de-DE');
  await isDrawn(reader, 'Ausnahmen nach Lösung');
  expect(reader.text()).toContain('Lösung 99');
  await isDrawn(page(pageAnswer({ document })), 'This resolution no longer exists in Jira.');
});

it('a resolution has a row in the table of results where its override changes the answer', async () => {
  const resolutionOverrides = [
    { resolutionId: '10000', status: 'resolved' },
    { resolutionId: '10001', status: 'closed' },
  ];
  const document = { ...current.document, mapping: { ...mapping, resolutionOverrides } };
  const running = page(pageAnswer({ document }));
  await isDrawn(running, "Done, resolution “Won't Do”");
  expect(running.text()).toContain('an override of the resolution says so');
  expect(running.text()).not.toContain('resolution “Done”');
  expect(running.text()).not.toContain('Backlog, resolution');
  await isDrawn(page(pageAnswer({ document }), {}, 'de_DE'), "Done, Lösung „Won't Do“");
});

it('a saved row for a priority that Jira no longer has is shown to be mended, even where none come over', async () => {
  const inboundPriorities = [{ jiraPriorityId: '99', priority: 'low' as const }];
  const document = { ...current.document, mapping: { ...mapping, inboundPriorities } };
  const running = page(pageAnswer({ document }), { saveMapping: () => ({ ok: true, value: saved }) });
  await isDrawn(running, 'The project no longer has this Jira priority.');
  choose(running, 'inboundPriorities.99', '');
  await running.until(() => !running.text().includes('no longer has'));
  press(running, 'Save mapping');
  await running.until(() => running.flags.length === 1);
  expect(running.invocations.at(-1)?.payload).toMatchObject({ mapping: { inboundPriorities: [] } });
});

it('what is wrong is said beside the field, in the person’s language, and cannot be saved', async () => {
  const overrides = [{ jiraStatusId: '5', status: 'open' }];
  const outbound = { ...mapping.outbound, closed: { category: 'done' as const, jiraStatusId: '5' } };
  const document = { ...current.document, mapping: { ...mapping, outbound, overrides } };
  const running = page(pageAnswer({ document }));
  await isDrawn(running, '"Closed" is sent to this very Jira status');
  expect(() => press(running, 'Save mapping')).toThrow();
  await isDrawn(page(pageAnswer({ document }), {}, 'de-DE'), '„Closed“ wird genau in diesen Jira-Status');
});

it('when somebody else saved meanwhile, both versions are shown and mine can be kept', async () => {
  const theirs = { ...saved, mapping: { ...mapping, priorities: { ...mapping.priorities, low: 'High' } } };
  let version = 1;
  const running = page(pageAnswer(), {
    getPage: () => pageAnswer(version === 1 ? {} : { document: theirs }),
    saveMapping: (call) => {
      if ((call.payload as { version: number }).version === 2)
        return { ok: true, value: { ...saved, version: 3 } };
      version = 2;
      return {
        ok: false,
        problem: { code: 'mapping_conflict', detail: 'Somebody else saved this mapping.' },
      };
    },
  });
  await isDrawn(running, 'Save mapping');
  choose(running, 'priorities.urgent', 'High');
  await isDrawn(running, 'Not saved yet.');
  press(running, 'Save mapping');
  await isDrawn(running, 'Robin Bright saved another mapping meanwhile');
  expect(running.text()).toMatch(/Priority Low\nLow\nHigh/);
  press(running, 'Keep mine');
  await running.until(() => !running.text().includes('meanwhile'));
  press(running, 'Save mapping');
  await running.until(() => running.flags.length === 1);
  const sent = running.invocations.at(-1)?.payload;
  expect(sent).toMatchObject({ version: 2, mapping: { priorities: { urgent: 'High', low: 'Low' } } });
});

it('a function that Forge ended is told in the person’s words, not in Forge’s', async () => {
  const ended = () => {
    throw new Error('There was an error invoking the function - The function ran longer than 25 seconds');
  };
  const running = page(null, { getPage: ended });
  await isDrawn(running, 'UserHero does not answer at the moment.');
  expect(running.text()).not.toContain('invoking');
});

it('a person who refused Forge their consent is told what it is for, in their language', async () => {
  const refused = () => {
    throw new Error('There was an error invoking the function - Authentication Required');
  };
  await isDrawn(page(null, { getPage: refused }), 'needs your permission to ask Jira');
  await isDrawn(page(null, { getPage: refused }, 'de-DE'), 'braucht Ihre Erlaubnis');
});

it('a preview lists the items that would change', async () => {
  const row = { itemId: 'i', title: 'Cart total', issueKey: 'SHOP-1', jiraStatus: 'Done', status: 'open' };
  const result = {
    linked: 3,
    wouldChange: 1,
    version: 1,
    rows: [{ ...row, before: 'resolved', after: 'closed', rule: 'category' }],
  };
  const running = page(pageAnswer(), { previewMapping: () => ({ ok: true, value: result }) });
  await isDrawn(running, 'Preview changes');
  press(running, 'Preview changes');
  await isDrawn(running, '1 of 3 linked items would change.');
  expect(running.text()).toMatch(/Cart total\nSHOP-1, Done\nOpen\nClosed/);
});

it('every field has a label', async () => {
  const running = page(pageAnswer());
  await isDrawn(running, 'Save mapping');
  const labelled = running.all('Label').map((label) => label.props.labelFor);
  expect(labelled.length).toBeGreaterThan(10);
  expect(running.all('Select').map((select) => select.props.inputId)).toEqual(labelled);
});

const panelItem = {
  itemId: 'item-1',
  title: 'Cart total is wrong',
  status: 'Resolved',
  workflowName: 'Issues',
  projectName: 'Brightside App',
  url: 'https://userhero.co/items/item-1',
  referenceState: 'active',
};

it('the panel tells the last change in the language of Jira', async () => {
  const lastChange = {
    code: 'status_changed',
    values: { from: 'Open', to: 'Resolved', jiraStatus: 'Done' },
    summary: 'Status changed from Open to Resolved: Jira moved the issue to "Done"',
    at: '2026-11-24T10:00:00.000Z',
  };
  const item = { ...panelItem, lastChange };
  const answer = () => ({ ok: true, value: { items: [item] } });
  await isDrawn(runPage('panel', answer), 'Last change: Status changed from Open to Resolved: Jira moved');
  await isDrawn(runPage('panel', answer, 'de-DE'), 'Letzte Änderung: Status von Open zu Resolved');
});

it('the panel shows the item of the issue, its status and a link', async () => {
  const item = { ...panelItem, lastChange: null };
  const running = runPage('panel', () => ({ ok: true, value: { items: [item] } }));
  await isDrawn(running, 'Cart total is wrong');
  expect(running.text()).toContain('Resolved');
  expect(running.all('LinkButton')[0]?.props.href).toBe(item.url);
  await isDrawn(
    runPage('panel', () => ({ ok: true, value: { items: [] } })),
    'No UserHero item is linked',
  );
});
