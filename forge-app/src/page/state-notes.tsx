import { SectionMessage, SectionMessageAction, Text } from '@forge/react';
import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import type { Texts } from '../texts/en.ts';

type Note = { appearance: 'information' | 'warning'; title: string; text: string; hasLink: boolean };

/** What a person must know before reading on: why it does not sync, and why they cannot change it. */
export function StateNotes({
  texts,
  current,
  mayEdit,
}: {
  texts: Texts;
  current: ForgeCurrent;
  mayEdit: boolean;
}) {
  const notes = [stateNote(texts, current), jiraNote(texts, current)].filter((note) => note !== null);
  const { readOnlyTitle, readOnlyText } = texts.notes;
  return (
    <>
      {notes.map((note) => (
        <SectionMessage
          key={note.title}
          appearance={note.appearance}
          title={note.title}
          actions={
            note.hasLink
              ? [
                  <SectionMessageAction key="settings" href={current.settingsUrl}>
                    {texts.connection.openSettings}
                  </SectionMessageAction>,
                ]
              : []
          }
        >
          <Text>{note.text}</Text>
        </SectionMessage>
      ))}
      {!mayEdit && (
        <SectionMessage appearance="information" title={readOnlyTitle}>
          <Text>{readOnlyText}</Text>
        </SectionMessage>
      )}
    </>
  );
}

function stateNote({ notes }: Texts, current: ForgeCurrent): Note | null {
  const warning = { appearance: 'warning', hasLink: true } as const;
  if (current.state === 'needs_reauth')
    return { ...warning, title: notes.reauthTitle, text: notes.reauthText };
  if (current.state === 'disconnected') {
    return { ...warning, title: notes.disconnectedTitle, text: notes.disconnectedText };
  }
  if (current.state !== 'paused') return null;
  return current.pauseReason === 'plan'
    ? { ...warning, title: notes.pausedPlanTitle, text: notes.pausedPlanText }
    : { appearance: 'information', hasLink: true, title: notes.pausedTitle, text: notes.pausedText };
}

/** Said only where nothing else explains it. */
function jiraNote({ notes }: Texts, current: ForgeCurrent): Note | null {
  const explained = current.state === 'needs_reauth' || current.state === 'disconnected';
  if (current.jira !== null || explained) return null;
  return { appearance: 'warning', hasLink: false, title: notes.jiraUnreadTitle, text: notes.jiraUnreadText };
}
