import { classNames } from "./class-names.ts";
import { formatNumber } from "./format.ts";

/** A number in a table; none stays in the background. */
export function CountCell({ count, tone }: { count: number; tone?: string }) {
  return <span className={classNames(count === 0 ? "text-faint" : tone)}>{formatNumber(count)}</span>;
}
