import type { Waiting } from '../contracts/waiting.ts';
import type { Language } from './language.ts';

type WaitingTexts = Record<Waiting['for'], (time: string) => string>;

const texts: Record<Language, WaitingTexts> = {
  en: {
    turn: (time) => `Waiting for its turn at Jira’s limit, about ${time}`,
    quota: (time) => `Waiting for Jira’s limit until ${time}`,
    burst: (time) => `Waiting for Jira’s limit on such requests until ${time}`,
    issue: (time) => `Waiting for Jira’s limit on edits of one issue until ${time}`,
    jira: (time) => `Jira does not answer; next try at ${time}`,
  },
  de: {
    turn: (time) => `Wartet an Jiras Limit, bis es an der Reihe ist, etwa ${time}`,
    quota: (time) => `Wartet bis ${time} auf Jiras Limit`,
    burst: (time) => `Wartet bis ${time} auf Jiras Limit für solche Anfragen`,
    issue: (time) => `Wartet bis ${time} auf Jiras Limit für Änderungen eines Vorgangs`,
    jira: (time) => `Jira antwortet nicht; nächster Versuch um ${time}`,
  },
};

/** What something waits for, and until when, in the reader's time zone; the browser's where none is given. */
export function waitingText(language: Language, waiting: Waiting, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return texts[language][waiting.for](format.format(new Date(waiting.until)));
}
