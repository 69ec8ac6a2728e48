import { part } from './forge-doc.ts';
import { h, patchChildren, type VNode } from './vdom.ts';

export type Flags = { show: (options: unknown) => boolean; close: (id: string) => boolean };

const autoDismissMs = 8000;

/** Jira's flags: short messages in the corner, read out when they appear (`bridge/out/flag/flag.js`). */
export function createFlags(root: HTMLElement): Flags {
  const shown = new Map<string, unknown>();
  root.setAttribute('role', 'region');
  root.setAttribute('aria-label', 'Messages');
  root.setAttribute('aria-live', 'polite');

  const close = (id: string) => {
    const known = shown.delete(id);
    draw();
    return known;
  };
  const draw = () =>
    patchChildren(
      root,
      [...shown].map(([id, options]) => flagNode(id, options, close)),
    );

  return {
    close,
    show: (options) => {
      const id = String(part(options, 'id'));
      shown.set(id, options);
      draw();
      if (part(options, 'isAutoDismiss') === true) setTimeout(() => close(id), autoDismissMs);
      return true;
    },
  };
}

function flagNode(id: string, options: unknown, close: (id: string) => boolean): VNode {
  const actions = part(options, 'actions');
  const type = String(part(options, 'appearance') ?? part(options, 'type') ?? 'info');
  return h(
    'div',
    { key: id, class: `forge-flag ${type}`, attrs: { 'data-flag': id } },
    h(
      'div',
      {},
      h('p', { class: 'forge-message-title' }, String(part(options, 'title') ?? '')),
      part(options, 'description') ? h('p', {}, String(part(options, 'description'))) : null,
      (Array.isArray(actions) ? actions : []).map((one) =>
        h(
          'button',
          {
            class: 'forge-button link',
            attrs: { type: 'button' },
            on: {
              click: () => {
                const act = part(one, 'onClick');
                if (typeof act === 'function') act();
              },
            },
          },
          String(part(one, 'text') ?? ''),
        ),
      ),
    ),
    h(
      'button',
      {
        class: 'forge-button subtle compact',
        attrs: { type: 'button', 'aria-label': 'Dismiss' },
        on: { click: () => close(id) },
      },
      '✕',
    ),
  );
}
