import { type ProblemText, problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { Prisma, type PrismaClient } from '../store/generated/client.ts';

/**
 * Notes why the last body with an adapter's own secret could not be read; `null`: it could. Only the sender sees the
 * intake's answer, and for a rule of Automation that is its audit log, where nobody looks.
 */
export type NoteRefused = (adapterId: string, problem: ProblemText | null) => Promise<void>;

/** Keeps it with the adapter. A storm of bodies that cannot be read is written down one at a time, the others not. */
export function createNoteRefused({ db, now }: { db: PrismaClient; now(): Date }): NoteRefused {
  const writing = new Set<string>();
  return async (adapterId, problem) => {
    if (problem && writing.has(adapterId)) return;
    const refusedEvent = problem
      ? { ...problemTextSchema.parse(problem), at: now().toISOString() }
      : Prisma.DbNull;
    writing.add(adapterId);
    try {
      await db.adapter.updateMany({ where: { id: adapterId }, data: { refusedEvent } });
    } finally {
      writing.delete(adapterId);
    }
  };
}
