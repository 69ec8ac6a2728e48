import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { checksQuery } from '../../data/adapters.ts';
import { Note } from '../../parts/note.tsx';

type MissingChecksProps = { adapterId: string; projectId: string | null; issueTypeId: string | null };

/** What the Jira project lacks of what syncing needs. Required fields have inputs of their own beside it. */
export function MissingChecks({ adapterId, projectId, issueTypeId }: MissingChecksProps) {
  const checks = useQuery(checksQuery(adapterId, projectId, issueTypeId));
  const missing = checks.data?.checks.filter(({ ok, code }) => !ok && code !== 'required_fields') ?? [];
  if (missing.length === 0) return null;
  const blocks = missing.some(({ blocking }) => blocking);
  return (
    <Note
      tone={blocks ? 'bad' : 'warn'}
      title={blocks ? 'This Jira project cannot be synced yet' : 'Some things will not work yet'}
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
