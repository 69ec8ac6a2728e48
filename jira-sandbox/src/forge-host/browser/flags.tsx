import Flag, { AutoDismissFlag, FlagGroup } from '@atlaskit/flag';
import error from '@atlaskit/icon/core/status-error';
import information from '@atlaskit/icon/core/status-information';
import success from '@atlaskit/icon/core/status-success';
import warning from '@atlaskit/icon/core/status-warning';
import { createRoot } from 'react-dom/client';
import { call } from './drawing.ts';
import { part } from './forge-doc.ts';

export type Flags = { show: (options: unknown) => boolean; close: (id: string) => boolean };

/** Jira's flags: short messages in the corner, read out when they appear (`bridge/out/flag/flag.js`). */
export function createFlags(place: HTMLElement): Flags {
  place.setAttribute('role', 'region');
  place.setAttribute('aria-label', 'Messages');
  const root = createRoot(place);
  const shown = new Map<string, unknown>();
  const draw = () =>
    root.render(
      <FlagGroup label="Messages" shouldRenderToParent onDismissed={(id: unknown) => close(String(id))}>
        {[...shown].reverse().map(([id, options]) => flagOf(id, options))}
      </FlagGroup>,
    );
  const close = (id: string) => {
    const known = shown.delete(id);
    draw();
    return known;
  };
  return {
    close,
    show: (options) => {
      shown.set(String(part(options, 'id')), options);
      draw();
      return true;
    },
  };
}

/** The look of each type in Jira. */
const looks: Record<string, [Icon: AtlaskitPart, color: string]> = {
  error: [error.default, 'var(--ds-icon-danger)'],
  info: [information.default, 'var(--ds-icon-information)'],
  success: [success.default, 'var(--ds-icon-success)'],
  warning: [warning.default, 'var(--ds-icon-warning)'],
};

function flagOf(id: string, options: unknown) {
  const [Icon, color] = looks[String(part(options, 'type'))] ?? [
    information.default,
    'var(--ds-icon-information)',
  ];
  const Shown = part(options, 'isAutoDismiss') === true ? AutoDismissFlag : Flag;
  const actions = part(options, 'actions');
  return (
    <Shown
      key={id}
      id={id}
      appearance={part(options, 'appearance')}
      icon={<Icon label={String(part(options, 'type') ?? 'info')} color={color} />}
      title={String(part(options, 'title') ?? '')}
      description={part(options, 'description')}
      actions={(Array.isArray(actions) ? actions : []).map((one) => ({
        content: String(part(one, 'text') ?? ''),
        onClick: () => call(part(one, 'onClick')),
      }))}
    />
  );
}
