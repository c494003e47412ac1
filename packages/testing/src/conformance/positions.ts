/** The most calls of a run at which each fault is tried, by default. */
export const MAX_FAULT_POSITIONS = 40;

/** Returns the calls at which a fault is tried: all, or `max` of them spread evenly from the first to the last. */
export function choosePositions(calls: number, max: number): number[] {
  if (calls <= max) return Array.from({ length: calls }, (_, index) => index + 1);
  return Array.from({ length: max }, (_, index) => 1 + Math.round((index * (calls - 1)) / (max - 1)));
}

export function describePositions(positions: readonly number[], calls: number): string {
  if (calls === 1) return "its only call";
  return positions.length === calls ? `each of ${calls} calls` : `${positions.length} of ${calls} calls, spread evenly`;
}

/**
 * Returns the calls of a read at which a fault is tried: the first, the second and the last of each kind, so that the
 * members of a hundred groups count as one; `max` of them spread evenly if there are more.
 */
export function choosePositionsByKind(kinds: readonly string[], max: number): number[] {
  const positionsOf = Map.groupBy(
    kinds.map((_, index) => index + 1),
    (position) => kinds[position - 1]!,
  );
  const chosen = new Set<number>();
  for (const [first, ...others] of positionsOf.values())
    for (const position of [first, others[0], others.at(-1)]) if (position !== undefined) chosen.add(position);
  const sorted = [...chosen].sort((a, b) => a - b);
  return choosePositions(sorted.length, max).map((index) => sorted[index - 1]!);
}

export function describePositionsByKind(positions: readonly number[], calls: number): string {
  return positions.length === calls || calls === 1
    ? describePositions(positions, calls)
    : `${positions.length} of ${calls} calls, the first, second and last of each kind`;
}
