import type { SyncProgress, SyncSession } from "@bridgekit/client";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";

const columns: readonly Column<SyncProgress>[] = [
  { id: "name", header: "Resource type", cell: ({ name }) => name },
  { id: "read", header: "Read", cell: ({ synced_count }) => <CountCell count={synced_count} />, isNumber: true },
  { id: "created", header: "Created", cell: ({ created = 0 }) => <CountCell count={created} />, isNumber: true },
  { id: "updated", header: "Updated", cell: ({ updated = 0 }) => <CountCell count={updated} />, isNumber: true },
  {
    id: "removed",
    header: "Removed",
    cell: ({ removed = 0 }) => <CountCell count={removed} tone="font-medium" />,
    isNumber: true,
  },
];

/** What a sync read and did, by resource type. */
export function ProgressTable({ sync: { progress } }: { sync: SyncSession }) {
  if (progress.length === 0) return <p className="text-sm text-soft">Nothing was read yet.</p>;
  return <DataTable label="Resource types" columns={columns} rows={progress} rowId={({ slug }) => slug} />;
}
