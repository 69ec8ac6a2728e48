import { amount, type Component, type ForgeElement } from './forge-doc.ts';
import { h } from './vdom.ts';

const moves: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** Tabs with the keys of the ARIA pattern: arrows move, Tab leaves. */
const tabs: Component = (element, drawing) => {
  const isList = (one: ForgeElement) => one.type === 'TabList';
  const names = element.children.find(isList)?.children ?? [];
  const panels = element.children.filter((one) => one.type === 'TabPanel');
  const kept = drawing.memory(element, 'index', amount(element, 'defaultSelected') ?? 0);
  const current = amount(element, 'selected') ?? kept.value;
  const select = (index: number) => {
    kept.set(index);
    drawing.call(element.props.onChange, index);
  };
  const idOf = (kind: string, index: number) => `forge-${kind}-${element.key}-${index}`;
  const press = (event: Event) => {
    const move = event instanceof KeyboardEvent ? moves[event.key] : undefined;
    if (!move) return;
    event.preventDefault();
    const next = move(current, names.length);
    select(next);
    document.getElementById(idOf('tab', next))?.focus();
  };
  const panel = panels[current];
  return h(
    'div',
    { class: 'forge-tabs' },
    h(
      'div',
      { class: 'forge-tab-list', attrs: { role: 'tablist' }, on: { keydown: press } },
      names.map((name, index) =>
        h(
          'button',
          {
            key: name.key,
            attrs: {
              type: 'button',
              role: 'tab',
              id: idOf('tab', index),
              'aria-selected': String(index === current),
              'aria-controls': index === current ? idOf('panel', index) : undefined,
              tabindex: index === current ? '0' : '-1',
            },
            on: { click: () => select(index) },
          },
          drawing.children(name),
        ),
      ),
    ),
    panel
      ? h(
          'div',
          {
            key: panel.key,
            class: 'forge-tab-panel',
            attrs: {
              role: 'tabpanel',
              id: idOf('panel', current),
              'aria-labelledby': idOf('tab', current),
              tabindex: '0',
            },
          },
          drawing.children(panel),
        )
      : null,
  );
};

/** Tabs; list, tab and panel are drawn by it. */
export const tabComponents: Record<string, Component> = { Tabs: tabs };
