import type { AppOverview } from "../api/queries.ts";
import { Moment } from "../components/moment.tsx";
import { useNow } from "../components/use-now.ts";
import { toNextRun } from "./to-next-run.ts";

const WORDS = { held: "held", now: "now", paused: "paused", parked: "parked", unknown: "unknown" };

/** When an app is synced next. */
export function NextRun({ app }: { app: AppOverview }) {
  const now = useNow();
  const next = toNextRun(app, now);
  if (typeof next === "string") return <span className="text-faint">{WORDS[next]}</span>;
  if (!next.isOverdue)
    return Date.parse(next.at) > now ? <Moment at={next.at} /> : <span className="text-faint">{WORDS.now}</span>;
  return (
    <span className="text-amber">
      due <Moment at={next.at} />
    </span>
  );
}
