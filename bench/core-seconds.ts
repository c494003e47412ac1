import { readdirSync, readFileSync } from "node:fs";

/** Ticks of the clock that Linux counts in. */
const PER_SECOND = 100;

/** What all processes below this one have used so far, in core-seconds; Linux only. */
export function childCoreSeconds(): number {
  const processes = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (readStat(Number(name)) ?? []) : []));
  const below = Map.groupBy(processes, ({ parent }) => parent);
  const sum = (parent: number): number =>
    (below.get(parent) ?? []).reduce((total, { pid, ticks }) => total + ticks + sum(pid), 0);
  return sum(process.pid) / PER_SECOND;
}

/** Its use includes that of its own processes that have ended. */
function readStat(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    // The name before it may have spaces and parentheses.
    const [, parent, ...rest] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ").map(Number);
    return { pid, parent: parent!, ticks: rest.slice(9, 13).reduce((total, ticks) => total + ticks) };
  } catch {
    return undefined;
  }
}
