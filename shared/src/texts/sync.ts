import type { Language } from './language.ts';
import { germanSync } from './sync-de.ts';
import { englishSync } from './sync-en.ts';
import type { SyncTexts } from './sync-texts.ts';

/** What people read about synced things, in their language. */
export const syncTexts: Record<Language, SyncTexts> = { en: englishSync, de: germanSync };
