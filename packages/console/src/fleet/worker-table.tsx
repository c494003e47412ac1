import type { Worker } from "@bridgekit/client";
import { Link } from "@tanstack/react-router";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { formatNumber } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { Text } from "../records/text.tsx";
import { useMayOperate } from "../session/session.ts";
import { DrainButton, mayDrain } from "./drain-button.tsx";
import type { FleetWorker } from "./fleet-workers.ts";
import { RunningApps } from "./running-apps.tsx";

const columns: readonly Column<FleetWorker>[] = [
  { id: "name", header: "Worker", cell: (worker) => <Name worker={worker} /> },
  { id: "state", header: "State", cell: (worker) => <State worker={worker} />, width: "w-28" },
  {
    id: "busy",
    header: "Busy",
    cell: (worker) => <Busy worker={worker} />,
    isNumber: true,
    width: "w-20",
    hideBelow: "xs",
  },
  {
    id: "now",
    header: "Runs now",
    cell: ({ known }) => <RunningApps runs={known?.running ?? []} />,
    width: "w-64",
    hideBelow: "lg",
  },
  {
    id: "apps",
    header: "Apps",
    cell: ({ apps }) => <CountCell count={apps} />,
    isNumber: true,
    width: "w-16",
    hideBelow: "xs",
  },
  {
    id: "failing",
    header: "Failing",
    cell: ({ failing }) => <CountCell count={failing} tone="text-red" />,
    isNumber: true,
    width: "w-16",
    hideBelow: "sm",
  },
  {
    id: "since",
    header: "Since",
    cell: ({ known }) => <Moment at={known?.started_at} none="" />,
    width: "w-28",
    hideBelow: "md",
  },
];

const withOrders: readonly Column<FleetWorker>[] = [
  ...columns,
  {
    id: "orders",
    header: "Order",
    cell: (worker) => (
      <span className="relative z-1 flex justify-end">
        <DrainButton worker={worker} />
      </span>
    ),
    isNumber: true,
    width: "w-20",
  },
];

/** The processes that run apps. */
export function WorkerTable({ workers }: { workers: readonly FleetWorker[] }) {
  const mayOrder = useMayOperate() && workers.some(mayDrain);
  return (
    <DataTable
      label="Workers"
      columns={mayOrder ? withOrders : columns}
      rows={workers}
      rowId={({ name }) => name}
      rowCount={workers.length}
    />
  );
}

function Name({ worker: { name, known } }: { worker: FleetWorker }) {
  const zones = known?.zones.filter((zone) => zone !== "default") ?? [];
  return (
    <>
      <WorkerLink name={name} />
      {zones.length > 0 && <span className="line-clamp-1 text-xs text-soft">zone {known?.zones.join(", ")}</span>}
    </>
  );
}

const STATES: Record<
  Worker["state"],
  { tone: "green" | "amber" | "red"; icon: "check" | "clock" | "cross"; word: string }
> = {
  alive: { tone: "green", icon: "check", word: "Alive" },
  draining: { tone: "amber", icon: "clock", word: "Draining" },
  lost: { tone: "red", icon: "cross", word: "Lost" },
};

/** A process that belongs to no fleet reports only what changes of its apps, so an old report is no bad sign. */
function State({ worker: { known, reportedAt } }: { worker: FleetWorker }) {
  const report = (
    <span className="block text-xs text-soft">
      report <Moment at={reportedAt} />
    </span>
  );
  if (known === undefined) return report;
  const { tone, icon, word } = STATES[known.state];
  return (
    <>
      <StateMark tone={tone} icon={icon}>
        {word}
      </StateMark>
      {known.ordered !== null && <span className="block text-xs text-soft">to be drained</span>}
      {known.state === "lost" && report}
    </>
  );
}

function Busy({ worker: { known, running } }: { worker: FleetWorker }) {
  if (known === undefined) return <CountCell count={running} />;
  const { busy, capacity } = known;
  return (
    <span className={busy === 0 ? "text-faint" : undefined}>
      {formatNumber(busy)} of {formatNumber(capacity)}
    </span>
  );
}

/** Shows the apps of a worker alone. */
export function WorkerLink({ name, isTarget = true }: { name: string; isTarget?: boolean }) {
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, worker: name })}
      className={isTarget ? "row-target font-medium" : "relative z-1 hover:underline"}
    >
      <Text className="line-clamp-2 wrap-anywhere">{name}</Text>
    </Link>
  );
}
