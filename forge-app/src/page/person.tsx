import { Inline, Text, User } from '@forge/react';
import { isAccountId } from '@userhero/shared/jira/account-id.ts';
import type { Texts } from '../texts/en.ts';

/** Who did it, for a sentence. */
export function personName(texts: Texts, who: string): string {
  return isAccountId(who) ? texts.somebodyInJira : who;
}

/** Who did it; Jira itself puts the name to an account id. */
function Person({ who }: { who: string }) {
  return isAccountId(who) ? <User accountId={who} /> : <Text size="small">{who}</Text>;
}

/** A remark with the person that it is about. */
export function Remark({ text, who }: { text: string; who: string }) {
  return (
    <Inline space="space.100" alignBlock="center" shouldWrap>
      <Text color="color.text.subtle" size="small">
        {text}
      </Text>
      <Person who={who} />
    </Inline>
  );
}
