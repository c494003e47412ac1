import { classNames } from "./class-names.ts";
import { formatNumber } from "./format.ts";

/** A number in a table; none stays in the background, and a dash stands for one that nobody knows. */
export function CountCell({ count, tone }: { count: number | null | undefined; tone?: string }) {
  if (typeof count !== "number") return <span className="text-faint">–</span>;
  return <span className={classNames(count === 0 ? "text-faint" : tone)}>{formatNumber(count)}</span>;
}
