import { useQuery } from "@tanstack/react-query";
import { Suspense, useMemo } from "react";
import { type SeatHistory, seatsQuery } from "../api/record-queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatCount, formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { bridgeNow } from "../components/use-now.ts";
import { Section } from "../components/page.tsx";
import { QueryPart } from "../components/query-part.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { useSession } from "../session/session.ts";
import { lazyPart } from "../lazy.ts";

type Point = SeatHistory["points"][number];

const TimeChart = lazyPart(() => import("../components/time-chart.tsx"), "TimeChart");

const SHOWN = 12;

const columns: readonly Column<Point>[] = [
  { id: "at", header: "Since", cell: ({ at }) => <Moment at={at} none="longer than is kept" /> },
  {
    id: "used",
    header: "Used",
    cell: ({ used, is_removed }) => (is_removed ? "removed" : toNumber(used)),
    isNumber: true,
  },
  {
    id: "seats",
    header: "Seats",
    cell: ({ seats, is_unlimited }) => (is_unlimited ? "any number" : toNumber(seats)),
    isNumber: true,
  },
  { id: "sync", header: "Found by", cell: ({ sync_id }) => <SyncLink syncId={sync_id} />, width: "w-24" },
];

/** The seats of a license, and how many were used, over time. */
export function SeatsSection({ slug, id }: { slug: string; id: string }) {
  const query = useQuery(seatsQuery(useSession(), useAppId(), slug, id));
  const { data } = query;
  return (
    <Section
      title="Seats over time"
      aside={data && `${data.count_is_exact ? "" : "more than "}${formatCount(data.assigned_count, "account")} now`}
    >
      <QueryPart title="The seats" query={query}>
        {({ points }) => (
          <>
            <SeatChart points={points} />
            <DataTable
              label="Seats over time"
              columns={columns}
              rows={points.slice(0, SHOWN)}
              rowId={({ at }) => at ?? "before"}
            />
          </>
        )}
      </QueryPart>
    </Section>
  );
}

function SeatChart({ points }: { points: readonly Point[] }) {
  const { times, series } = useMemo(() => toSeries(points), [points]);
  // Now is one of them, and two make a line.
  if (times.length < 3) return null;
  return (
    <Suspense fallback={<div className="min-h-42" />}>
      <TimeChart
        label="Seats of the license and how many were used over time; the table below lists it"
        times={times}
        series={series}
        isStepped
      />
    </Suspense>
  );
}

/** Oldest first; what holds now holds until now. */
function toSeries(points: readonly Point[]) {
  const dated = points.filter(({ at }) => at !== null).toReversed();
  const shown = dated.length === 0 ? dated : [...dated, { ...dated.at(-1)!, at: new Date(bridgeNow()).toISOString() }];
  return {
    times: shown.map(({ at }) => new Date(at!).getTime()),
    series: [
      { label: "Used", colour: "--blue", values: shown.map(({ used }) => used) },
      {
        label: "Seats",
        colour: "--text-soft",
        values: shown.map(({ seats, is_unlimited }) => (is_unlimited ? null : seats)),
      },
    ] as const,
  };
}

function SyncLink({ syncId }: { syncId: string | null }) {
  const appId = useAppId();
  if (syncId === null) return null;
  return (
    <DetailLink detail={{ kind: "sync", appId, id: syncId }} className="row-target text-link">
      Sync
    </DetailLink>
  );
}

const toNumber = (value: number | null) =>
  value === null ? <span className="text-faint">unknown</span> : formatNumber(value);
