import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CheckCode } from '@userhero/shared/contracts/checks.ts';
import { checksQuery } from '../../data/adapters.ts';
import { Note } from '../../parts/note.tsx';

type MissingChecksProps = {
  adapterId: string;
  projectId: string | null;
  issueTypeId: string | null;
  /** What the page tells in another place. */
  without: CheckCode;
};

/** What the Jira project lacks of what syncing needs. */
export function MissingChecks({ adapterId, projectId, issueTypeId, without }: MissingChecksProps) {
  const checks = useQuery(checksQuery(adapterId, projectId, issueTypeId));
  const missing = checks.data?.checks.filter(({ ok, code }) => !ok && code !== without) ?? [];
  if (missing.length === 0) return null;
  const blocks = missing.some(({ blocking }) => blocking);
  return (
    <Note
      tone={blocks ? 'bad' : 'warn'}
      title={blocks ? 'Items cannot be pushed to this Jira project yet' : 'Check these in Jira'}
      live="polite"
    >
      <ul style={{ margin: 0, paddingLeft: '1.2em' }}>
        {missing.map(({ code, message, remedy }) => (
          <li key={code}>
            <Text size="sm">
              {message} {remedy}
            </Text>
          </li>
        ))}
      </ul>
    </Note>
  );
}
