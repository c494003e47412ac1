import { formatExact, formatRelative } from "./format.ts";
import { useNow } from "./use-now.ts";

interface MomentProps {
  at: string | null | undefined;
  /** Shown if there is no such moment. */
  none?: string;
}

/** A time as people say it, with the exact one on hover. */
export function Moment({ at, none = "never" }: MomentProps) {
  const now = useNow();
  if (at === null || at === undefined) return <span className="text-faint">{none}</span>;
  return (
    <time dateTime={at} title={formatExact(at)} className="whitespace-nowrap">
      {formatRelative(at, now)}
    </time>
  );
}
