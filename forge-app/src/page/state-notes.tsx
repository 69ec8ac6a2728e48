import { SectionMessage, Text } from '@forge/react';
import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import type { Texts } from '../texts/en.ts';

type Note = { appearance: 'information' | 'warning'; title: string; text: string };
type StateNotesProps = { texts: Texts; current: ForgeCurrent; mayEdit: boolean };

/** What a person must know before reading on: why it does not sync, and why they cannot change it. */
export function StateNotes({ texts, current, mayEdit }: StateNotesProps) {
  const { readOnlyTitle: title, readOnlyText: text } = texts.notes;
  const readOnly: Note | null = mayEdit ? null : { appearance: 'information', title, text };
  const notes = [stateNote(texts, current), jiraNote(texts, current), readOnly];
  return (
    <>
      {notes
        .filter((note) => note !== null)
        .map((note) => (
          <SectionMessage key={note.title} appearance={note.appearance} title={note.title}>
            <Text>{note.text}</Text>
          </SectionMessage>
        ))}
    </>
  );
}

function stateNote({ notes }: Texts, { state, pauseReason }: ForgeCurrent): Note | null {
  const appearance = 'warning';
  if (state === 'needs_reauth') return { appearance, title: notes.reauthTitle, text: notes.reauthText };
  if (state === 'disconnected') {
    return { appearance, title: notes.disconnectedTitle, text: notes.disconnectedText };
  }
  if (state !== 'paused') return null;
  return pauseReason === 'plan'
    ? { appearance, title: notes.pausedPlanTitle, text: notes.pausedPlanText }
    : { appearance: 'information', title: notes.pausedTitle, text: notes.pausedText };
}

/** Said only where nothing else explains it. */
function jiraNote({ notes }: Texts, current: ForgeCurrent): Note | null {
  const explained = current.state === 'needs_reauth' || current.state === 'disconnected';
  if (current.jira !== null || explained) return null;
  return { appearance: 'warning', title: notes.jiraUnreadTitle, text: notes.jiraUnreadText };
}
