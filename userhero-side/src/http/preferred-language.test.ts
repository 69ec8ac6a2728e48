import { expect, it } from 'vitest';
import { preferredLanguage } from './preferred-language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr, de;q=0.5, en;q=0.9', 'en'],
  ['en;q=0.4, DE-de;q=0.7', 'de'],
  ['de;q=0', 'en'],
  ['de;q=often', 'en'],
  ['deutsch', 'en'],
  ['*', 'en'],
])('%s asks for %s', (header, language) => {
  expect(preferredLanguage({ 'Accept-Language': header })).toBe(language);
});
