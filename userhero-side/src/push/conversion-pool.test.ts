import { richForm } from '@userhero/shared/sync/description/to-description.ts';
import { afterEach, expect, it } from 'vitest';
import { type ConversionPool, createConversionPool } from './conversion-pool.ts';
import { createWriteDescription } from './write-description.ts';

const itemUrl = 'https://userhero.example/items/1';
const long = '**bold** words '.repeat(6_000);
/** Seconds of work, so that no pause of the machine lets it be done in time. */
const endless = long.repeat(10);
let pool: ConversionPool | undefined;
afterEach(() => pool?.stop());

it('a text that misses the deadline is given up, and those behind it get a thread of their own', async () => {
  pool = createConversionPool({ threads: 1, deadlineMs: 0 });
  const request = { markdown: endless, itemUrl, form: richForm };
  const ends = await Promise.allSettled([
    pool.convert(request),
    pool.convert(request),
    pool.convert(request),
  ]);
  for (const end of ends) {
    expect(end).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('within') } });
  }
});

it('a text that misses the deadline goes as plain paragraphs, which is logged and told', async () => {
  pool = createConversionPool({ threads: 1, deadlineMs: 0 });
  const logged: string[] = [];
  const write = createWriteDescription(pool, (_, message) => logged.push(message));
  const written = await write(endless, itemUrl);
  expect(written).toMatchObject({ simplified: true, shortened: true });
  expect(JSON.stringify(written?.adf)).toContain('**bold** words');
  expect(JSON.stringify(written?.adf)).not.toContain('"marks":[{"type":"strong"}]');
  expect(logged).toEqual([expect.stringContaining('goes as plain text')]);
});

it('a text in time keeps its looks', async () => {
  pool = createConversionPool({ threads: 1, deadlineMs: 60_000 });
  const written = await createWriteDescription(pool, (error) => {
    throw error;
  })(long, itemUrl);
  expect(JSON.stringify(written?.adf)).toContain('"marks":[{"type":"strong"}]');
});
