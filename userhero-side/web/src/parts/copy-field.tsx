import { Button, CopyButton } from '@mantine/core';

type CopyFieldProps = { name: string; value: string; hidden?: boolean };

/** A value that has to go somewhere else, with a button that copies it. `hidden` shows dots but copies the value. */
export function CopyField({ name, value, hidden = false }: CopyFieldProps) {
  return (
    <div className="uh-copy">
      <code>{hidden ? '•'.repeat(24) : value}</code>
      <CopyButton value={value} timeout={2_000}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy} aria-label={`Copy ${name}`} miw={68}>
            <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
