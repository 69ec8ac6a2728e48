import type { LearnedKey, LearnedRow, LearnedStore } from '../../src/store/learned-store.ts';

/** The tables of what is learned, for tests to which no database belongs. */
export type LearnedInMemory = {
  store: LearnedStore;
  /** What was written, one after the other. */
  written: string[];
  /** Whether writing fails. */
  breaks: boolean;
};

/** Empty tables. They keep JSON, as PostgreSQL does. */
export function learnedInMemory(): LearnedInMemory {
  const rows = new Map<string, LearnedRow>();
  const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  const rowOf = (key: LearnedKey): LearnedRow => {
    const row = rows.get(JSON.stringify(key));
    if (row) return row;
    const empty = { screen: null, statuses: null, initialStatusId: null, readAt: null, steps: [] };
    rows.set(JSON.stringify(key), empty);
    return empty;
  };
  const stepOf = (key: LearnedKey, from: string): LearnedRow['steps'][number] => {
    const { steps } = rowOf(key);
    const step = steps.find((one) => one.from === from) ?? {
      from,
      transitions: [],
      seenAt: null,
      doubted: false,
    };
    if (!steps.includes(step)) steps.push(step);
    return step;
  };
  const write = async (what: string, change: () => void): Promise<void> => {
    if (memory.breaks) throw new Error('no database');
    memory.written.push(what);
    change();
  };
  const memory: LearnedInMemory = {
    written: [],
    breaks: false,
    store: {
      read: async (key) => ({ ...json(rowOf(key)), readAt: rowOf(key).readAt }),
      saveScreen: (key, screen, statuses, readAt) =>
        write('screen', () =>
          Object.assign(rowOf(key), json({ screen, statuses }), { readAt, initialStatusId: null }),
        ),
      forgetScreen: (key) =>
        write('forgotten', () => Object.assign(rowOf(key), { screen: null, statuses: null, readAt: null })),
      forgetAll: (adapterId) =>
        write('all forgotten', () => {
          for (const key of rows.keys()) if (key.includes(`"${adapterId}"`)) rows.delete(key);
        }),
      saveInitial: (key, initialStatusId) =>
        write('initial', () => Object.assign(rowOf(key), { initialStatusId })),
      saveStep: (key, from, transitions, seenAt) =>
        write('step', () =>
          Object.assign(stepOf(key, from), json({ transitions, seenAt: seenAt.toISOString() })),
        ),
      doubtStep: (key, from) => write('doubt', () => Object.assign(stepOf(key, from), { doubted: true })),
    },
  };
  return memory;
}
