import { Inline, Text, User } from '@forge/react';
import type { Texts } from '../texts/en.ts';

/** Atlassian account ids: 24 hexadecimal digits, or `{number}:{uuid}` for the newer ones. */
const accountIdPattern = /^(?:[0-9a-f]{24}|\d+:[0-9a-f-]{36})$/;

/** Who did it, for a sentence. Of those who acted in Jira UserHero keeps the account id alone. */
export function personName(texts: Texts, who: string): string {
  return accountIdPattern.test(who) ? texts.somebodyInJira : who;
}

/** Who did it; Jira itself puts the name to an account id. */
function Person({ who }: { who: string }) {
  return accountIdPattern.test(who) ? <User accountId={who} /> : <Text size="small">{who}</Text>;
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
