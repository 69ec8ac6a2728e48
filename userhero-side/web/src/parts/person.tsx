import { useQuery } from '@tanstack/react-query';
import { formerJiraUser, isAccountId } from '@userhero/shared/jira/account-id.ts';
import { jiraPersonQuery } from '../data/adapters.ts';

type PersonProps = { who: string; adapterId: string | null };

/** Who did it. Of those who act in Jira UserHero keeps the account id alone, so Jira is asked for the name. */
export function Person({ who, adapterId }: PersonProps) {
  if (who === formerJiraUser) return 'A former Jira user';
  if (!isAccountId(who)) return who;
  return adapterId === null ? somebody : <JiraPerson accountId={who} adapterId={adapterId} />;
}

const somebody = 'Somebody in Jira';

function JiraPerson({ accountId, adapterId }: { accountId: string; adapterId: string }) {
  const person = useQuery(jiraPersonQuery(adapterId, accountId));
  return person.data ? `${person.data.name} in Jira` : somebody;
}
