/** The languages that texts are written in. */
export type Language = 'en' | 'de';

/** The language for a locale (`de-DE`, in some places `de_DE`); English where none fits. */
export function chooseLanguage(locale: string | undefined): Language {
  return /^de(?:[-_]|$)/i.test(locale ?? '') ? 'de' : 'en';
}
