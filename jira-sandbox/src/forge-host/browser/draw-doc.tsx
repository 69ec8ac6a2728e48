import { setGlobalTheme } from '@atlaskit/tokens';
import { useCallback, useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { buttonComponents } from './button-components.tsx';
import { choiceComponents } from './choice-components.tsx';
import type { Component } from './drawing.ts';
import { fieldComponents } from './field-components.tsx';
import { type ForgeElement, text } from './forge-doc.ts';
import { formComponents } from './form-components.tsx';
import { layoutComponents } from './layout-components.tsx';
import { messageComponents } from './message-components.tsx';
import { overlayComponents } from './overlay-components.tsx';
import { People } from './people.ts';
import { selectComponents } from './select-component.tsx';
import { tableComponents } from './table-component.tsx';
import { tabComponents } from './tabs-component.tsx';

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

/** Draws an app's tree into an element with Atlaskit, and again whenever the app hands over another. */
export function createSurface(place: HTMLElement, people: Record<string, string>): Surface {
  const root = createRoot(place);
  return {
    show: (doc) =>
      root.render(
        <People.Provider value={people}>
          <Doc doc={doc} place={place} />
        </People.Provider>,
      ),
  };
}

/** Jira's colours, spaces and type: those of the person's system, light or dark. */
export function applyJiraTheme(): void {
  void setGlobalTheme({
    colorMode: 'auto',
    light: 'light',
    dark: 'dark',
    spacing: 'spacing',
    typography: 'typography',
    shape: 'shape',
  });
}

function Doc({ doc, place }: { doc: ForgeElement; place: HTMLElement }) {
  const [unknown, setUnknown] = useState(0);
  const note = useCallback((difference: number) => setUnknown((now) => now + difference), []);
  useLayoutEffect(() => {
    place.dataset.unknown = String(unknown);
  }, [place, unknown]);
  return doc.children.map((element) => <Drawn key={element.key} element={element} note={note} />);
}

type DrawnProps = { element: ForgeElement; note: (difference: number) => void };

function Drawn({ element, note }: DrawnProps) {
  const draw = (child: ForgeElement) => <Drawn key={child.key} element={child} note={note} />;
  if (element.type === 'String') return text(element, 'text') ?? '';
  const Part = Object.hasOwn(components, element.type) ? components[element.type] : undefined;
  if (!Part) return <Unknown type={element.type} note={note} />;
  return (
    <Part element={element} draw={draw}>
      {element.children.length > 0 ? element.children.map(draw) : undefined}
    </Part>
  );
}

/** A component that is missing here is seen and counted, so that a test fails instead of a page that looks whole. */
function Unknown({ type, note }: { type: string; note: (difference: number) => void }) {
  useLayoutEffect(() => {
    note(1);
    return () => note(-1);
  }, [note]);
  return (
    <p className="forge-unknown" role="alert" data-type={type}>
      The local Jira cannot draw &lt;{type}&gt; yet.
    </p>
  );
}
