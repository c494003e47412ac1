/** Calls of one run at which each fault is tried, where the options say nothing. */
export const MAX_FAULT_POSITIONS = 40;

/** At which of a run's calls a fault is tried: all of them, or so many spread evenly, the first and the last included. */
export function choosePositions(calls: number, max: number): number[] {
  if (calls <= max) return Array.from({ length: calls }, (_, index) => index + 1);
  return Array.from({ length: max }, (_, index) => 1 + Math.round((index * (calls - 1)) / (max - 1)));
}

export function describePositions(positions: readonly number[], calls: number): string {
  if (calls === 1) return "its only call";
  return positions.length === calls ? `each of ${calls} calls` : `${positions.length} of ${calls} calls, spread evenly`;
}
