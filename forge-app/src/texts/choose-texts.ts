import { chooseLanguage } from '@userhero/shared/texts/language.ts';
import { de } from './de.ts';
import { en, type Texts } from './en.ts';

/** The texts for the locale that Jira shows itself in (`de-DE`, in some places `de_DE`); English where none fits. */
export function chooseTexts(locale: string | undefined): Texts {
  return chooseLanguage(locale) === 'de' ? de : en;
}

/** A moment as people of the locale write it, in the time zone that Jira shows. */
export function formatMoment(texts: Texts, moment: string, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat(texts.locale === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(moment));
}
