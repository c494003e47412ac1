import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type System, systemQuery } from "../api/system-queries.ts";
import { Facts } from "../components/facts.tsx";
import { formatBytes, formatCount, formatDuration, formatNumber, formatShare } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { useSession } from "../session/session.ts";

const DAY_SECONDS = 86_400;
// From here on somebody should look.
const LEAST_FREE = 0.1;
const LONGEST_WAIT_SECONDS = 60;
const LONGEST_LAG_SECONDS = 2 * DAY_SECONDS;

/** How the Bridge itself is doing. */
export function SystemPage() {
  const query = useQuery(systemQuery(useSession()));
  return (
    <QueryPage title="System" query={query}>
      {({ versions, started_at, database, queue, retention }) => (
        <Page title="System" subtitle="The Bridge itself, the same for all organisations on it.">
          <div className="grid gap-8 @3xl:grid-cols-2">
            <Section title="Versions">
              <Facts
                facts={[
                  ["Bridge", versions.bridge],
                  ["API", versions.contract],
                  ["Node", versions.node],
                  ["Runs since", <Moment key="since" at={started_at} />],
                ]}
              />
            </Section>
            <Section title="Database">
              <DatabaseFacts database={database} />
            </Section>
            <Section title="Work in the background">
              <Facts
                facts={[
                  ["Syncs to be applied", <Queue key="syncs" length={queue.reconciliations} />],
                  ["Deletions", <Queue key="deletions" length={queue.deletions} />],
                ]}
              />
            </Section>
            <Section title="Retention">
              <Facts
                facts={[
                  ["Ended syncs, tasks, events", describeDays(retention.days, "kept for ever")],
                  ["Open or held syncs", describeDays(retention.session_days, "never dropped")],
                  [
                    "Old data was deleted",
                    <Warned
                      key="lag"
                      isWarning={retention.lag_seconds > LONGEST_LAG_SECONDS}
                      why="Old data waits to be deleted; the log of the Bridge says why."
                    >
                      {retention.lag_seconds < 1 ? "just now" : `${formatDuration(retention.lag_seconds)} ago`}
                    </Warned>,
                  ],
                ]}
              />
            </Section>
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

const PRODUCTS: Record<System["database"]["product"], string> = {
  embedded: "Embedded",
  postgres: "PostgreSQL",
  citus: "Citus",
  yugabytedb: "YugabyteDB",
  cockroachdb: "CockroachDB",
};

function DatabaseFacts({
  database: { product, version, migration, size_bytes, disk, connections },
}: Pick<System, "database">) {
  return (
    <Facts
      facts={[
        ["Product", PRODUCTS[product]],
        ["Version", version],
        ["Newest migration", <code key="migration">{migration}</code>],
        ["Size", size_bytes === null ? "not told by the database" : formatBytes(size_bytes)],
        ["Disk", disk && <Disk key="disk" disk={disk} />],
        [
          "Connections",
          <Warned
            key="connections"
            isWarning={connections.waiting > 0}
            why={`${formatCount(connections.waiting, "call")} wait for a connection; allow the Bridge more of them.`}
          >
            {formatNumber(connections.busy)} busy, {formatNumber(connections.idle)} idle
          </Warned>,
        ],
      ]}
    />
  );
}

function Disk({ disk: { free_bytes, total_bytes } }: { disk: NonNullable<System["database"]["disk"]> }) {
  const used = total_bytes - free_bytes;
  const isFull = free_bytes < LEAST_FREE * total_bytes;
  return (
    <Warned isWarning={isFull} why="The disk is nearly full; once it is, the Bridge can't take syncs any more.">
      {formatBytes(free_bytes)} free of {formatBytes(total_bytes)} ({formatShare(used, total_bytes)} used)
      <span aria-hidden className="mt-1 block h-1.5 max-w-60 rounded-full bg-hover">
        <span
          className={`block h-full rounded-full ${isFull ? "bg-amber" : "bg-accent"}`}
          style={{ width: formatShare(used, total_bytes) }}
        />
      </span>
    </Warned>
  );
}

function Queue({ length: { count, count_is_exact, oldest_seconds } }: { length: System["queue"]["deletions"] }) {
  if (count === 0) return <span className="text-soft">none</span>;
  return (
    <Warned
      isWarning={oldest_seconds > LONGEST_WAIT_SECONDS}
      why="It waits for long; see whether the database is busy."
    >
      {formatNumber(count)}
      {count_is_exact ? "" : "+"}, the oldest for {formatDuration(oldest_seconds)}
    </Warned>
  );
}

interface WarnedProps {
  isWarning: boolean;
  /** What is wrong, and the way out. */
  why: string;
  children: ReactNode;
}

function Warned({ isWarning, why, children }: WarnedProps) {
  return (
    <>
      <div>{children}</div>
      {isWarning && (
        <div className="pt-0.5 whitespace-normal">
          <StateMark tone="amber" icon="warning">
            <span className="whitespace-normal">{why}</span>
          </StateMark>
        </div>
      )}
    </>
  );
}

function describeDays(days: number | null, none: string): string {
  return days === null ? none : formatCount(days, "day");
}
