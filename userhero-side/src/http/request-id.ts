import type { Request } from 'express';
import { newId } from '../store/ids.ts';

/** The request's id, in the log and in every problem document; the intake's requests get one when they need it. */
export function requestIdOf(request: Request): string {
  const identified = request as Request & { id?: unknown };
  identified.id ??= newId();
  return String(identified.id);
}
