import { Text, VisuallyHidden } from '@mantine/core';

/** Where set-up stands. */
export function Steps({ active, labels }: { active: number; labels: string[] }) {
  return (
    <ol className="uh-stepper" aria-label="Set-up">
      {labels.map((label, index) => {
        const state = index < active ? 'done' : index === active ? 'now' : 'later';
        return (
          <li key={label} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="uh-stepper-mark" aria-hidden="true">
              {state === 'done' ? '✓' : index + 1}
            </span>
            <Text size="sm" fw={state === 'now' ? 600 : 450} span>
              {label}
              {state === 'done' && <VisuallyHidden> (done)</VisuallyHidden>}
            </Text>
          </li>
        );
      })}
    </ol>
  );
}
