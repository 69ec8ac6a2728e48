import { expect, it } from 'vitest';
import { adapterStateSchema } from '../contracts/adapter.ts';
import { adapterStateText } from './adapter-states.ts';

it('a pause by the plan is told apart from a pause by hand, which has another remedy', () => {
  const told = (pauseReason: 'plan' | 'manual') => adapterStateText('en', { state: 'paused', pauseReason });
  expect(told('manual')).toMatchObject({ title: 'Paused for maintenance', remedy: 'Resume when ready.' });
  expect(told('plan')).toMatchObject({
    title: 'Paused by the plan',
    remedy: 'Upgrade to Growth, Pro or Pro Max to resume.',
  });
});

it.each(
  adapterStateSchema.options,
)('%s has a remedy in both languages, unless nothing is the matter', (state) => {
  for (const language of ['en', 'de'] as const) {
    const { remedy } = adapterStateText(language, { state, pauseReason: null });
    expect(remedy === null).toBe(state === 'active');
  }
});
