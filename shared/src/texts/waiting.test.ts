import { expect, test } from 'vitest';
import { waitingSchema } from '../contracts/waiting.ts';
import { waitingText } from './waiting.ts';

const until = '2026-11-28T13:00:00.000Z';

test('says until when, in the reader’s time zone and language', () => {
  expect(waitingText('en', { for: 'quota', until }, 'Europe/Berlin')).toBe(
    'Waiting for Jira’s limit until 14:00',
  );
  expect(waitingText('de', { for: 'quota', until }, 'Europe/Berlin')).toBe(
    'Wartet bis 14:00 auf Jiras Limit',
  );
});

test('tells all reasons apart, in both languages', () => {
  for (const language of ['en', 'de'] as const) {
    const said = waitingSchema.shape.for.options.map((reason) =>
      waitingText(language, { for: reason, until }, 'UTC'),
    );
    expect(new Set(said).size).toBe(said.length);
    for (const text of said) expect(text).toContain('13:00');
  }
});
