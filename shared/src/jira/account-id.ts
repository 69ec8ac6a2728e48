/** Stands in place of an account that Atlassian reported as closed; nothing else is kept of it. */
export const formerJiraUser = 'former-jira-user';

/**
 * Whether a text is an Atlassian account id rather than a name: 24 hexadecimal digits, or `{number}:{uuid}` for the
 * newer ones. Of those who acted in Jira UserHero keeps the id alone; Jira knows the name.
 */
export function isAccountId(text: string): boolean {
  return /^(?:[0-9a-f]{24}|\d+:[0-9a-f-]{36})$/.test(text);
}
