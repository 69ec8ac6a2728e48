/** A description of an element; `patch` makes the page agree with it and keeps focus and typed text. */
export type VNode = {
  tag: string;
  key?: string;
  attrs: Record<string, string>;
  /** DOM properties that are set when they differ: value, checked, selected, indeterminate. */
  props: Record<string, unknown>;
  styles: Record<string, string>;
  on: Record<string, (event: Event) => void>;
  children: Child[];
  /** Runs once, when the element stands in the page. */
  mounted?: (element: HTMLElement) => void;
  /** Runs before the element leaves the page. */
  removing?: (element: HTMLElement) => void;
};
export type Child = VNode | string;

type Spec = {
  key?: string;
  class?: string;
  attrs?: Record<string, unknown>;
  props?: Record<string, unknown>;
  styles?: Record<string, string | undefined>;
  on?: Record<string, ((event: Event) => void) | undefined>;
  mounted?: (element: HTMLElement) => void;
  removing?: (element: HTMLElement) => void;
};

type Nested = Child | null | undefined | false | Nested[];

/** Describes an element. An attribute of `true` is set empty; one of false, null or undefined is left out. */
export function h(tag: string, spec: Spec = {}, ...children: Nested[]): VNode {
  const attrs: Record<string, string> = spec.class ? { class: spec.class } : {};
  for (const [name, value] of Object.entries(spec.attrs ?? {})) {
    if (value === true) attrs[name] = '';
    else if (value !== false && value !== null && value !== undefined) attrs[name] = String(value);
  }
  const given = <T>(entries: Record<string, T | undefined> = {}) =>
    Object.fromEntries(Object.entries(entries).filter((one): one is [string, T] => one[1] !== undefined));
  return {
    tag,
    key: spec.key,
    attrs,
    props: given(spec.props),
    styles: given(spec.styles),
    on: given(spec.on),
    children: flatten(children),
    mounted: spec.mounted,
    removing: spec.removing,
  };
}

function flatten(children: Nested[]): Child[] {
  return children.flatMap((one) => {
    if (one === null || one === undefined || one === false) return [];
    return Array.isArray(one) ? flatten(one) : [one];
  });
}

const known = new WeakMap<Node, VNode>();

/** Makes the children of an element those described. */
export function patchChildren(parent: HTMLElement, children: Child[]): void {
  const before = [...parent.childNodes];
  const byKey = new Map<string, ChildNode>();
  for (const node of before) {
    const key = known.get(node)?.key;
    if (key) byKey.set(key, node);
  }
  const kept = new Set<ChildNode>();
  const next = children.map((child) => {
    const match =
      typeof child === 'string'
        ? before.find((node) => !kept.has(node) && node.nodeType === Node.TEXT_NODE)
        : child.key
          ? sameTag(byKey.get(child.key), child)
          : before.find((node) => !kept.has(node) && !known.get(node)?.key && sameTag(node, child));
    if (match) kept.add(match);
    return { child, match };
  });
  for (const node of before) {
    if (kept.has(node)) continue;
    announceRemoval(node);
    node.remove();
  }
  next.forEach(({ child, match }, index) => {
    const node = match ?? (typeof child === 'string' ? document.createTextNode('') : create(child));
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
    if (typeof child === 'string') {
      if (node.nodeValue !== child) node.nodeValue = child;
    } else if (node instanceof HTMLElement) {
      update(node, child);
      if (!match) child.mounted?.(node);
    }
  });
}

function sameTag(node: ChildNode | undefined, child: VNode): ChildNode | undefined {
  return node && known.get(node)?.tag === child.tag ? node : undefined;
}

function create(child: VNode): HTMLElement {
  const element = document.createElement(child.tag);
  known.set(element, { ...child, attrs: {}, props: {}, styles: {}, on: {}, children: [] });
  return element;
}

function update(element: HTMLElement, next: VNode): void {
  const former = known.get(element);
  for (const name of Object.keys(former?.attrs ?? {})) {
    if (!(name in next.attrs)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(next.attrs)) {
    if (former?.attrs[name] !== value) element.setAttribute(name, value);
  }
  for (const name of Object.keys(former?.styles ?? {})) {
    if (!(name in next.styles)) element.style.removeProperty(name);
  }
  for (const [name, value] of Object.entries(next.styles)) {
    if (former?.styles[name] !== value) element.style.setProperty(name, value);
  }
  for (const name of Object.keys(next.on)) {
    // One listener an event for the element's life: it looks up what is described at that moment.
    if (!(name in (former?.on ?? {}))) element.addEventListener(name, listen);
  }
  known.set(element, { ...next, on: { ...forgotten(former), ...next.on } });
  patchChildren(element, next.children);
  // After the children: a select takes its value only when the option is there.
  for (const [name, value] of Object.entries(next.props)) {
    if (Reflect.get(element, name) !== value) Reflect.set(element, name, value);
  }
}

/** Events that were listened to and are not any more. */
function forgotten(former: VNode | undefined): VNode['on'] {
  return Object.fromEntries(Object.keys(former?.on ?? {}).map((name) => [name, () => {}]));
}

function listen(event: Event): void {
  const { currentTarget } = event;
  if (currentTarget instanceof Node) known.get(currentTarget)?.on[event.type]?.(event);
}

function announceRemoval(node: Node): void {
  for (const child of node.childNodes) announceRemoval(child);
  if (node instanceof HTMLElement) known.get(node)?.removing?.(node);
}
