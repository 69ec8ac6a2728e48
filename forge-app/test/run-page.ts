import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

/** An element as `@forge/react` hands it to its host (`react/out/reconciler.js`). */
export type Drawn = { type: string; props: Record<string, unknown>; children: Drawn[] };

export type Invocation = { functionKey: string; payload: unknown };

/** A built page that runs behind a bridge of the test's. */
export type RunningPage = {
  invocations: Invocation[];
  flags: unknown[];
  /** Every text that is drawn now. */
  text(): string;
  /** The drawn elements of a type, those within props included. */
  all(type: string): Drawn[];
  /** Waits until something is drawn, or fails with what is. */
  until<T>(look: () => T | undefined | false): Promise<T>;
};

type Answers = (invocation: Invocation) => unknown;

/** Runs a bundle of `forge-app/dist` as Forge's host would: the bundle itself, with nothing but its bridge. */
export function runPage(resource: 'page' | 'panel', answers: Answers, locale = 'en-US'): RunningPage {
  let doc: Drawn | null = null;
  const invocations: Invocation[] = [];
  const flags: unknown[] = [];
  const callBridge = async (command: string, data?: unknown): Promise<unknown> => {
    if (command === 'reconcile') doc = (data as { forgeDoc: Drawn }).forgeDoc;
    if (command === 'getContext') return { locale, timezone: 'Europe/Berlin', extension: {} };
    if (command === 'showFlag') flags.push(data);
    if (command !== 'invoke') return true;
    const { functionKey, payload } = data as Invocation;
    invocations.push({ functionKey, payload });
    return structuredClone(answers({ functionKey, payload }));
  };
  const scope: Record<string, unknown> = {
    __bridge: { callBridge },
    console,
    crypto,
    setTimeout,
    clearTimeout,
    URL,
  };
  scope.window = scope;
  scope.self = scope;
  const script = readFileSync(join(import.meta.dirname, '../dist', resource, 'main.js'), 'utf8');
  runInContext(script, createContext(scope));

  const all = (type: string) => (doc ? [...walk(doc)].filter((element) => element.type === type) : []);
  const text = () => (doc ? [...walk(doc)].flatMap(textsOf).join('\n') : '');
  return {
    invocations,
    flags,
    text,
    all,
    async until(look) {
      for (let tries = 0; tries < 2_000; tries += 1) {
        const seen = look();
        if (seen !== undefined && seen !== false) return seen;
        await new Promise((done) => setTimeout(done, 1));
      }
      throw new Error(`waited in vain; drawn is:\n${text()}`);
    },
  };
}

function* walk(value: unknown): Generator<Drawn> {
  if (Array.isArray(value)) for (const one of value) yield* walk(one);
  if (typeof value !== 'object' || value === null || !('type' in value && 'props' in value)) return;
  const { props, children } = value as Drawn;
  yield { ...(value as Drawn), children: children ?? [] };
  yield* walk(children);
  for (const part of Object.values(props)) yield* walk(part);
}

/** What a person reads of an element itself; elements within props come with their children unreconciled. */
function textsOf({ props }: Drawn): string[] {
  const shown = [props.text, props.title, props.header, props.label, props.children];
  return shown.filter((one) => typeof one === 'string');
}
