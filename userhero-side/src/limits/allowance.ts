import type { Rank } from '@userhero/shared/limits/rank.ts';

/** Points that are to be counted for a customer besides those that were granted, or less of them. */
export type Correction = {
  pool: string;
  organizationId: string;
  rank: Rank;
  points: number;
  /** When the window ended that the points were granted in; what is given back after that is nobody's any more. */
  windowEndMs: number;
};

/** The points of a unit of work that is under way, kept in memory: its calls need no database. */
export type Allowance = {
  pool: string;
  organizationId: string;
  rank: Rank;
  /** Takes what a call costs. Work under way is never refused: what it needs beyond its points is counted. */
  take(points: number): void;
  /** What is left of the grant in its window. */
  left(): number;
  /** Ends the unit of work; what is left goes back. */
  end(): void;
};

/** Points as they were granted. */
export type GrantedPoints = Omit<Correction, 'points'> & { granted: number };

/**
 * Opens an allowance.
 *
 * @param correct told of what is counted beside the grant: more than it, used after its window, or given back
 */
export function openAllowance(
  { granted, ...whose }: GrantedPoints,
  correct: (correction: Correction) => void,
  nowMs: () => number,
): Allowance {
  let left = granted;
  let isOver = false;
  const isOfThisWindow = () => nowMs() < whose.windowEndMs;
  return {
    pool: whose.pool,
    organizationId: whose.organizationId,
    rank: whose.rank,
    take(points) {
      const covered = isOfThisWindow() && !isOver ? Math.min(left, points) : 0;
      left -= covered;
      if (points > covered) correct({ ...whose, points: points - covered });
    },
    left: () => (isOfThisWindow() && !isOver ? left : 0),
    end() {
      if (isOver) return;
      isOver = true;
      if (left > 0 && isOfThisWindow()) correct({ ...whose, points: -left });
    },
  };
}
