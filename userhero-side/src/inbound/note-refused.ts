import { type ProblemText, problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../store/generated/client.ts';

/**
 * Notes why the last body with an adapter's own secret could not be read; `null`: it could. Only the sender sees the
 * intake's answer, and for a rule of Automation that is its audit log, where nobody looks.
 */
export type NoteRefused = (adapterId: string, problem: ProblemText | null) => Promise<void>;

/** Keeps it with the adapter. */
export function createNoteRefused({ db, now }: { db: PrismaClient; now(): Date }): NoteRefused {
  return async (adapterId, problem) => {
    const refusedEvent = problem
      ? { ...problemTextSchema.parse(problem), at: now().toISOString() }
      : Prisma.DbNull;
    await db.adapter.updateMany({ where: { id: adapterId }, data: { refusedEvent } });
  };
}

const keptSchema = problemTextSchema.extend({ at: z.coerce.date() });

/** Why the last body with an adapter's own secret could not be read, and when it came. */
export function refusedEventOf(row: { refusedEvent: unknown }): z.infer<typeof keptSchema> | null {
  return keptSchema.safeParse(row.refusedEvent).data ?? null;
}
