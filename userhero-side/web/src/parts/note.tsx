import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api.ts';

export type NoteTone = 'info' | 'good' | 'warn' | 'bad';

type NoteProps = { tone?: NoteTone; title: ReactNode; children?: ReactNode; live?: 'polite' | 'assertive' };

/** A message in the page. With `live` a screen reader says it when it appears. */
export function Note({ tone = 'info', title, children, live }: NoteProps) {
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined;
  return (
    <div className="uh-note" data-tone={tone} role={role}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}

type ProblemNoteProps = { problem: ApiProblem; title?: string; children?: ReactNode };

/** A problem in the reader's words: what happened, what to do, and the fields it is about. */
export function ProblemNote({ problem, title, children }: ProblemNoteProps) {
  return (
    <Note tone="bad" title={title ?? problem.title} live="assertive">
      <Text size="sm">{problem.detail}</Text>
      {problem.remedy && problem.remedy !== problem.detail && <Text size="sm">{problem.remedy}</Text>}
      {problem.errors.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: '1.2em' }}>
          {problem.errors.map((fault) => (
            <li key={`${fault.field} ${fault.message}`}>
              <b>{fault.field}</b>: {fault.message}
            </li>
          ))}
        </ul>
      )}
      {children}
    </Note>
  );
}
