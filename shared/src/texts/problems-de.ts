import type { ProblemText } from '../contracts/problem.ts';

/** The service's problems in German, by their codes; one that is not here is shown in the service's own words. */
export const germanProblems: Record<string, string | undefined> = {
  overloaded: 'UserHero antwortet gerade nicht. Versuchen Sie es bald erneut.',
  internal: 'UserHero hat in einer Form geantwortet, die diese Version der App nicht kennt.',
  unauthenticated: 'Diese App gehört nicht zu dieser UserHero-Installation. Prüfen Sie FORGE_APP_ID.',
  forbidden: 'Nur wer dieses Jira-Projekt verwalten darf, kann die Zuordnung ändern.',
  oauth_denied:
    'UserHero braucht Ihre Erlaubnis, um Jira zu fragen, was Sie in diesem Projekt dürfen. Versuchen Sie es erneut und erlauben Sie den Zugriff.',
  not_found: 'Diese Verbindung gibt es nicht mehr. Laden Sie die Seite neu.',
  plan_required: 'Der Abgleich mit Jira braucht den Tarif Growth, Pro oder Pro Max.',
  needs_reauth: 'UserHero hat keinen Zugriff mehr auf Jira. Verbinden Sie den Adapter in UserHero neu.',
  adapter_not_active: 'Der Adapter ist nicht verbunden. Richten Sie ihn in UserHero ein.',
  jira_unavailable: 'Jira antwortet UserHero gerade nicht. Versuchen Sie es bald erneut.',
  jira_rate_limited: 'Jira nimmt gerade keine Anfragen mehr an. Versuchen Sie es in einer Minute erneut.',
  mapping_invalid: 'Die Zuordnung ist nicht gültig; die Felder sind oben bezeichnet.',
  rate_limited: 'Zu viele Anfragen. Versuchen Sie es in einer Minute erneut.',
};

/** A problem in German; what has no German sentence, Jira's own words among it, stays as it was said. */
export function germanProblem({ code, detail }: Pick<ProblemText, 'code' | 'detail'>): string {
  return germanProblems[code] ?? detail;
}
