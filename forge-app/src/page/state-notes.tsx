import { SectionMessage, Text } from '@forge/react';
import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
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

function stateNote(texts: Texts, current: ForgeCurrent): Note | null {
  const { state, pauseReason } = current;
  if (state !== 'needs_reauth' && state !== 'disconnected' && state !== 'paused') return null;
  const { title, meaning, remedy } = adapterStateText(texts.locale, current);
  const more = state === 'needs_reauth' ? texts.notes.reauthText : null;
  return {
    appearance: state === 'paused' && pauseReason !== 'plan' ? 'information' : 'warning',
    title,
    text: [meaning, remedy, more].filter((part) => part !== null).join(' '),
  };
}

/** Said only where nothing else explains it. */
function jiraNote({ notes }: Texts, current: ForgeCurrent): Note | null {
  const explained = current.state === 'needs_reauth' || current.state === 'disconnected';
  if (current.jira !== null || explained) return null;
  return { appearance: 'warning', title: notes.jiraUnreadTitle, text: notes.jiraUnreadText };
}
