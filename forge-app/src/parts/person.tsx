import { Inline, Text, User } from '@forge/react';
import { formerJiraUser, isAccountId } from '@userhero/shared/jira/account-id.ts';
import type { Texts } from '../texts/en.ts';

/** Who did it, for a sentence. */
export function personName(texts: Texts, who: string): string {
  if (who === formerJiraUser) return texts.formerJiraUser;
  return isAccountId(who) ? texts.somebodyInJira : who;
}

/** Who did it; Jira itself puts the name to an account id. */
function Person({ texts, who }: { texts: Texts; who: string }) {
  return isAccountId(who) ? <User accountId={who} /> : <Text size="small">{personName(texts, who)}</Text>;
}

/** A remark with the person that it is about. */
export function Remark({ texts, text, who }: { texts: Texts; text: string; who: string }) {
  return (
    <Inline space="space.100" alignBlock="center" shouldWrap>
      <Text color="color.text.subtle" size="small">
        {text}
      </Text>
      <Person texts={texts} who={who} />
    </Inline>
  );
}
