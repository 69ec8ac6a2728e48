/** Stands in place of an account that Atlassian reported as closed; nothing else is kept of it. */
export const formerJiraUser = 'former-jira-user';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const accountId = new RegExp(`^(?:[0-9a-f]{24}|[a-z\\d]{1,20}(?::${uuid}){1,2})$`, 'i');

/**
 * Whether a text is an Atlassian account id rather than a name: 24 hexadecimal digits; a prefix and a UUID
 * (`557058:…`, `ug:…`); a customer of a service project has two (`qm:…:…`). Of those who acted in Jira UserHero
 * keeps the id alone; Jira knows the name.
 */
export function isAccountId(text: string): boolean {
  return accountId.test(text);
}
