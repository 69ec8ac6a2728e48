import type { JiraResolution } from '@userhero/shared/mapping/resolution.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';
import { englishMapping } from '@userhero/shared/texts/mapping-en.ts';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type Scene, siteResolutions, validSceneArb } from '../../shared/test/arbitraries.ts';
import { decideReference } from '../../userhero-side/src/inbound/decide-deliveries.ts';
import { deliveryRow, positionRow } from '../../userhero-side/test/support/delivery-rows.ts';
import { buildForgeApp } from '../build.ts';
import { current, pageAnswer } from './page-facts.ts';
import { type Drawn, type RunningPage, runPage } from './run-page.ts';

const wantedAnswers = 10_000;
/** `@forge/bridge` refuses a page's 501st call within 25 seconds. */
const callsOfOnePage = 400;

beforeAll(() => buildForgeApp());

it('for 10,000 random mappings and events, the built page in Jira shows what the service does', async () => {
  const shown = { scene: null as Scene | null };
  const start = () => runPage('page', ({ payload }) => answerOf(shown.scene, payload));
  let running = start();
  let answers = 0;
  let turn = 0;
  const sees = fc.asyncProperty(validSceneArb, async (scene) => {
    if (answers >= wantedAnswers) return;
    shown.scene = scene;
    turn += 1;
    if (turn % callsOfOnePage === 0) running = start();
    const rows = await drawnFor(running, `turn-${turn}`);
    expect(rows).toEqual(scene.jiraStatuses.flatMap((status) => serviceAnswers(scene, status)));
    answers += rows.length;
  });
  await fc.assert(sees, { numRuns: wantedAnswers, endOnFailure: true });
  expect(answers).toBeGreaterThanOrEqual(wantedAnswers);
});

/** The page of a member, whose mapping is a table; each turn is another of the project's connections. */
function answerOf(scene: Scene | null, payload: unknown) {
  const adapterId = (payload as { adapterId: string | null }).adapterId ?? 'turn-0';
  const document = { ...current.document, mapping: scene?.mapping ?? current.document.mapping };
  const jira = scene && { statuses: scene.jiraStatuses, priorities: null, resolutions: [...siteResolutions] };
  const shape = scene?.workflow ?? current.workflow;
  const workflow = { ...shape, statuses: [...shape.statuses] };
  const answer = pageAnswer({ adapterId, workflow, document, jira }, false);
  const { connections } = answer.value.page;
  const page = { ...answer.value.page, connections: [...connections, ...connections] };
  return { ...answer, value: { ...answer.value, page } };
}

/** Opens a connection on the running page and reads the table of where items land. */
async function drawnFor(running: RunningPage, adapterId: string): Promise<string[][]> {
  const connection = () => running.all('Select')[0]?.props;
  await running.until(connection);
  (connection()?.onChange as (option: { value: string }) => void)({ value: adapterId });
  await running.until(() => (connection()?.value as { value: string } | undefined)?.value === adapterId);
  const table = running.all('DynamicTable').find((one) => one.props.label === englishMapping.landing.title);
  const rows = (table?.children ?? []).flatMap((part) => (part.props.name === 'rows' ? part.children : []));
  return rows.map((row) => row.children.map(textOf));
}

function textOf(element: Drawn): string {
  const own = typeof element.props.text === 'string' ? element.props.text : '';
  return own + (element.children ?? []).map(textOf).join('');
}

type Status = Scene['jiraStatuses'][number];

/** What the service does with the events of that status: without a resolution, and with each that changes it. */
function serviceAnswers(scene: Scene, status: Status): string[][] {
  const usual = serviceAnswer(scene, status, null);
  const others = siteResolutions.map((one) => serviceAnswer(scene, status, one));
  // Two statuses may have one name, so their slugs are compared.
  return [usual, ...others.filter(({ slug }) => slug !== usual.slug)].map(({ row }) => row);
}

/** What the service does with the event of that status and resolution, in the page's words. */
function serviceAnswer({ mapping, workflow }: Scene, status: Status, resolution: JiraResolution | null) {
  const delivery = {
    ...deliveryRow,
    statusId: status.id,
    statusName: status.name,
    statusCategory: status.category,
    resolutionId: resolution?.id ?? null,
    resolutionName: resolution?.name ?? null,
  };
  const { cloudId } = positionRow;
  const { status: rule } = standardSettings;
  const rules = { state: 'decided', cloudId, mapping, workflow, status: rule, groups: 0 } as const;
  const computed = decideReference(positionRow, rules, [delivery]);
  const slug = computed.references[0]?.itemStatus;
  const lands = workflow.statuses.find((one) => one.slug === slug)?.name ?? englishMapping.landing.nothing;
  const applied = computed.deliveries[0]?.rule ?? '';
  const why: Record<string, string> = englishMapping.rules;
  const category =
    status.category === null ? englishMapping.noCategory : englishMapping.categories[status.category];
  const { withResolution } = englishMapping.landing;
  const name = resolution ? withResolution(status.name, resolution.name) : status.name;
  return { slug, row: [name, category, lands, why[applied] ?? applied] };
}
