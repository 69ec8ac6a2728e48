/** An element of the tree that `@forge/react` hands over (`react/out/reconciler.js`). */
export type ForgeElement = {
  type: string;
  props: Record<string, unknown>;
  children: ForgeElement[];
  key: string;
};

/** A text of the props. */
export function text(element: ForgeElement, name: string): string | undefined {
  const value = element.props[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Whether a prop is set. */
export function flag(element: ForgeElement, ...names: string[]): boolean {
  return names.some((name) => element.props[name] === true || element.props[name] === 'true');
}

/** A number of the props. */
export function amount(element: ForgeElement, name: string): number | undefined {
  const value = element.props[name];
  return typeof value === 'number' ? value : undefined;
}

/** A list of the props. */
export function list(element: ForgeElement, name: string): unknown[] {
  const value = element.props[name];
  return Array.isArray(value) ? value : [];
}

/**
 * An id without the prefix that the reconciler gives at creation and drops at the first update: a label and its
 * field would otherwise lose each other.
 */
export function domId(element: ForgeElement, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = text(element, name);
    if (value) return `app-${value.replace(/^forge-app-[0-9a-f]{5}-/, '')}`;
  }
  return undefined;
}

/** All text below an element. */
export function innerText(element: ForgeElement): string {
  if (element.type === 'String') return text(element, 'text') ?? '';
  return element.children.map(innerText).join('');
}

/** A part of a plain object whose type nobody knows. */
export function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A React element in a prop (`emptyView`, a tab's label), which the reconciler leaves as it is. */
export function elementOfProp(value: unknown, key: string): ForgeElement[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return [{ type: 'String', props: { text: String(value) }, children: [], key }];
  }
  if (Array.isArray(value)) return value.flatMap((one, index) => elementOfProp(one, `${key}.${index}`));
  const type = part(value, 'type');
  const props = part(value, 'props');
  if (typeof props !== 'object' || props === null) return [];
  if (typeof type === 'function') return elementOfProp(type(props), key);
  const children = elementOfProp(part(props, 'children'), `${key}.c`);
  if (typeof type !== 'string') return children;
  return [{ type, props: { ...props }, children, key }];
}
