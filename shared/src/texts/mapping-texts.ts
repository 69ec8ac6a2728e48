import type { Language } from './language.ts';
import { germanMapping } from './mapping-de.ts';
import { englishMapping, type MappingTexts } from './mapping-en.ts';

/** The texts of the mapping editor in each language. */
export const mappingTexts: Record<Language, MappingTexts> = { en: englishMapping, de: germanMapping };
