import { buttonComponents } from './button-components.ts';
import { choiceComponents } from './choice-components.ts';
import { fieldComponents } from './field-components.ts';
import { type Component, type Drawing, type ForgeElement, text } from './forge-doc.ts';
import { formComponents } from './form-components.ts';
import { layoutComponents } from './layout-components.ts';
import { messageComponents } from './message-components.ts';
import { overlayComponents } from './overlay-components.ts';
import { selectComponents } from './select-component.ts';
import { tableComponents } from './table-component.ts';
import { tabComponents } from './tabs-component.ts';
import { type Child, h, patchChildren, type VNode } from './vdom.ts';

const components: Record<string, Component> = {
  ...layoutComponents,
  ...buttonComponents,
  ...fieldComponents,
  ...choiceComponents,
  ...selectComponents,
  ...formComponents,
  ...tableComponents,
  ...messageComponents,
  ...tabComponents,
  ...overlayComponents,
};

export type Surface = { show: (doc: ForgeElement) => void };

/** Draws an app's tree into an element, and again whenever the tree or a component's own memory changes. */
export function createSurface(root: HTMLElement, overlayRoot: HTMLElement): Surface {
  const memories = new Map<string, unknown>();
  let doc: ForgeElement | null = null;
  let planned = false;

  const redraw = () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      if (doc) paint(doc);
    });
  };
  const paint = (tree: ForgeElement) => {
    const overlays: VNode[] = [];
    const unknown: string[] = [];
    const drawing: Drawing = {
      overlays,
      children: (element) => element.children.flatMap(drawing.draw),
      draw: (element) => drawElement(element, drawing, unknown),
      memory: (element, name, first) => {
        const key = `${element.key} ${name}`;
        const value = memories.has(key) ? (memories.get(key) as typeof first) : first;
        return {
          value,
          set: (next) => {
            memories.set(key, next);
            redraw();
          },
        };
      },
      call: (handler, ...args) => {
        if (typeof handler !== 'function') return;
        handler(...args);
        // A field that the app keeps as it was has to show that again.
        redraw();
      },
    };
    patchChildren(root, drawing.children(tree));
    patchChildren(overlayRoot, overlays);
    root.dataset.unknown = String(unknown.length);
  };
  return {
    show: (tree) => {
      doc = tree;
      redraw();
    },
  };
}

function drawElement(element: ForgeElement, drawing: Drawing, unknown: string[]): Child[] {
  if (element.type === 'String') return [text(element, 'text') ?? ''];
  const component = Object.hasOwn(components, element.type) ? components[element.type] : undefined;
  if (!component) {
    unknown.push(element.type);
    const note = `The local Jira cannot draw <${element.type}> yet.`;
    return [
      h(
        'p',
        { key: element.key, class: 'forge-unknown', attrs: { role: 'alert', 'data-type': element.type } },
        note,
      ),
    ];
  }
  const drawn = component(element, drawing);
  // The element's own key makes the page keep the same field through every redraw.
  return [drawn]
    .flat()
    .map((one) =>
      typeof one === 'string' || one.key
        ? one
        : { ...one, key: Array.isArray(drawn) ? undefined : element.key },
    );
}
