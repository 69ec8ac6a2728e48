/** One figure with its goal; `ok` is `null` where there is no goal. */
export type Measurement = {
  name: string;
  value: number;
  unit: string;
  goal: { atLeast: number } | { atMost: number } | null;
};

/** The middle one of several runs. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which a share of the values lies, the share between 0 and 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Whether a figure meets its goal. */
export function meets({ value, goal }: Measurement): boolean | null {
  if (goal === null) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** The goal as people write it. */
export function goalText(goal: Measurement['goal']): string {
  if (goal === null) return '';
  return 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}
