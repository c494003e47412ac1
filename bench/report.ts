export interface Measured {
  ratio: number;
  /** The figures behind the ratio. */
  text: string;
}

export interface Limit {
  limit: number;
  /** Whether the limit is a maximum; otherwise it is a minimum. */
  isAtMost: boolean;
}

export interface Line extends Limit {
  bench: string;
  /** The database behind the API, or what the measurement is compared with. */
  backend: string;
  measured: Measured;
}

/** Prints one line about one measurement, and returns whether it holds. */
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
