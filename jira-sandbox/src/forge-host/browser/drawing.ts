import type { ReactNode } from 'react';
import { elementOfProp, type ForgeElement, text } from './forge-doc.ts';

/** What a component of UI Kit is drawn from. */
export type DrawProps = {
  element: ForgeElement;
  /** The children, drawn. */
  children: ReactNode;
  draw: (element: ForgeElement) => ReactNode;
};

/** Draws one component of UI Kit with Atlaskit. */
export type Component = (props: DrawProps) => ReactNode;

/** Draws an element that stands in a prop. */
export function drawProp({ element, draw }: DrawProps, name: string): ReactNode {
  const value = element.props[name];
  if (value === undefined || value === null || value === false) return undefined;
  return elementOfProp(value, `${element.key}-${name}`).map(draw);
}

/** Draws what `@forge/react` hands over as a named child, such as a popup's trigger. */
export function drawWrapped({ element, draw }: DrawProps, name: string): ReactNode {
  return element.children
    .filter((one) => one.type === 'ContentWrapper' && text(one, 'name') === name)
    .flatMap((one) => one.children.map(draw));
}

/** The named props that are set, under the same names. */
export function pick(element: ForgeElement, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => element.props[name] !== undefined).map((name) => [name, element.props[name]]),
  );
}

/** Runs a function that the app handed over. */
export function call(handler: unknown, ...args: unknown[]): void {
  if (typeof handler === 'function') handler(...args);
}

/** What the app's handlers get of an event; `preventDefault` and the like do nothing there. */
export function plainEvent(event: unknown, target: Record<string, unknown> = {}): Record<string, unknown> {
  const type = typeof event === 'object' && event !== null ? Reflect.get(event, 'type') : undefined;
  return {
    type,
    target,
    currentTarget: target,
    preventDefault: () => {},
    stopPropagation: () => {},
    persist: () => {},
  };
}
