import type { Item, Push } from '@userhero/shared/contracts/item.ts';
import { type Connected, withConnectedWorkflow } from './connected-workflow.ts';
import type { Measurement } from './measurement.ts';

const askEveryMs = 2;
const idleMs = 3_000;
const longest = 100_000;

/** A text of at most the longest description that the API takes. */
const many = (part: string, count = Math.floor(longest / part.length)): string => part.repeat(count);

/** Those that once stopped the service (up to `_a`), and others made to be slow or large. */
const texts: Record<string, string> = {
  links_never_ending: many('[a](', 2_500),
  stars_18kb: many('*a ', 6_000),
  stars_60kb: many('*a ', 20_000),
  underscores: many('_a', 20_000),
  below_the_threshold: many('[a](', 2_499),
  stars_100kb: many('*a '),
  images_in_links: many('[!['),
  address_in_address: many('![x](http://a.b/'),
  quotes_deep: many('>'),
  lists_deep: many('- '),
  a_line_a_word: many('a\n\n'),
  headings: many('# a\n'),
  links: many('[a](https://b.co) '),
  table_rows: `| a | b |\n|---|---|\n${many('| 1 | 2 |\n', 9_990)}`,
  emoji: many('🎉'),
};

/** How long the service's other work waits while a text goes to Jira, beside the wait when nothing goes on. */
export function measureTexts(): Promise<Measurement[]> {
  return withConnectedWorkflow(async (connected) => {
    // The first push loads what the others use.
    await pushText(connected, 'warm');
    await pushText(connected, many('warm '));
    const idle = await longestWaitDuring(
      connected.origin,
      () => new Promise((done) => setTimeout(done, idleMs)),
    );
    const results: Measurement[] = [{ name: 'text.idle_wait_ms', value: idle, unit: 'ms', goal: null }];
    for (const [name, text] of Object.entries(texts)) {
      const value = await longestWaitDuring(connected.origin, () => pushText(connected, text));
      results.push({ name: `text.${name}_ms`, value, unit: 'ms', goal: { atMost: 200 } });
    }
    return results;
  });
}

async function pushText({ api, workflow }: Connected, description: string): Promise<void> {
  const path = `/api/workflows/${workflow.id}/items`;
  const item = await api<Item>('POST', path, { title: 'Text', description });
  let push = await api<Push>('POST', `/api/items/${item.id}/push/jira`);
  while (push.state === 'pending' || push.state === 'running') {
    await new Promise((done) => setTimeout(done, 100));
    push = await api<Push>('GET', push.statusUrl);
  }
  if (push.state !== 'succeeded') throw new Error(`the push of a text ${push.state}`);
}

/** Asks for `/healthz`, one time after another, until the work is done. */
async function longestWaitDuring(origin: string, work: () => Promise<unknown>): Promise<number> {
  let done = false;
  const working = work().finally(() => {
    done = true;
  });
  let longestWait = 0;
  while (!done) {
    const startedAt = performance.now();
    await (await fetch(`${origin}/healthz`)).text();
    longestWait = Math.max(longestWait, performance.now() - startedAt);
    await new Promise((next) => setTimeout(next, askEveryMs));
  }
  await working;
  return longestWait;
}
