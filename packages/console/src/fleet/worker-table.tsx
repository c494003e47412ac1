import { Link } from "@tanstack/react-router";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";
import { Moment } from "../components/moment.tsx";
import { Text } from "../records/text.tsx";
import type { FleetWorker } from "./fleet-apps.ts";

const columns: readonly Column<FleetWorker>[] = [
  { id: "name", header: "Worker", cell: ({ name }) => <WorkerLink name={name} /> },
  { id: "apps", header: "Apps", cell: ({ apps }) => <CountCell count={apps} />, isNumber: true, width: "w-20" },
  {
    id: "running",
    header: "Running",
    cell: ({ running }) => <CountCell count={running} />,
    isNumber: true,
    width: "w-20",
  },
  {
    id: "failing",
    header: "Failing",
    cell: ({ failing }) => <CountCell count={failing} tone="text-red" />,
    isNumber: true,
    width: "w-20",
  },
  {
    id: "reported",
    header: "Last report",
    cell: ({ reportedAt }) => <Moment at={reportedAt} />,
    width: "w-32",
    hideBelow: "sm",
  },
];

/** The processes that ran apps last. A worker reports only what has changed, so an old report is no bad sign. */
export function WorkerTable({ workers }: { workers: readonly FleetWorker[] }) {
  return (
    <DataTable label="Workers" columns={columns} rows={workers} rowId={({ name }) => name} rowCount={workers.length} />
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
      <Text className="line-clamp-1">{name}</Text>
    </Link>
  );
}
