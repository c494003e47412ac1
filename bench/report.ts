export interface Measured {
  ratio: number;
  /** The figures behind the ratio. */
  text: string;
}

export interface Limit {
  limit: number;
  /** Whether the ratio has to stay at or below the limit; otherwise it has to reach it. */
  isAtMost: boolean;
}

export interface Line extends Limit {
  bench: string;
  /** What stood behind the API, or beside what was measured. */
  backend: string;
  measured: Measured;
}

/** Prints one line about one measurement, and answers whether it holds. */
export function report({ bench, backend, measured, limit, isAtMost }: Line, { json }: { json: boolean }): boolean {
  const holds = isAtMost ? measured.ratio <= limit : measured.ratio >= limit;
  const ratio = Number(measured.ratio.toFixed(3));
  if (json) console.log(JSON.stringify({ bench, backend, ratio, limit, holds }));
  else
    console.log(
      `${bench} on ${backend}: ${measured.text}: ratio ${ratio}, ${holds ? "holds" : "MISSES"} (${isAtMost ? "at most" : "at least"} ${limit})`,
    );
  return holds;
}
