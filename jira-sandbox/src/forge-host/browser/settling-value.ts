import { useEffect, useState } from 'react';

/** The app answers from another frame: until then a field shows what the person did, afterwards what the app says. */
const settleMs = 300;

/**
 * The value of a field: the app's where it dictates one, otherwise the field's own. What a person does shows at once;
 * a value that the app does not take over goes back.
 */
export function useSettlingValue<T>(dictated: T | undefined, first: T): [value: T, note: (value: T) => void] {
  const [own, setOwn] = useState<{ value: T } | null>(null);
  const isDictated = dictated !== undefined;
  useEffect(() => {
    if (!isDictated || own === null) return;
    const timer = setTimeout(() => setOwn(null), settleMs);
    return () => clearTimeout(timer);
  }, [isDictated, own]);
  const value = own ? own.value : (dictated ?? first);
  return [value, (next) => setOwn({ value: next })];
}
