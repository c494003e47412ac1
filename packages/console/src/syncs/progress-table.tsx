import type { SyncProgress, SyncSession } from "@bridgekit/client";
import { CountCell } from "../components/count-cell.tsx";
import { type Column, DataTable } from "../components/data-table.tsx";

type Row = SyncProgress & { read: number | undefined };

const columns: readonly Column<Row>[] = [
  { id: "name", header: "Resource type", cell: ({ name }) => name },
  {
    id: "read",
    header: "Read",
    cell: ({ read }) => <CountCell count={read} />,
    isNumber: true,
    hideBelow: "xs",
  },
  { id: "sent", header: "Sent", cell: ({ synced_count }) => <CountCell count={synced_count} />, isNumber: true },
  { id: "created", header: "Created", cell: ({ created = 0 }) => <CountCell count={created} />, isNumber: true },
  { id: "updated", header: "Updated", cell: ({ updated = 0 }) => <CountCell count={updated} />, isNumber: true },
  {
    id: "removed",
    header: "Removed",
    cell: ({ removed = 0 }) => <CountCell count={removed} tone="font-medium" />,
    isNumber: true,
  },
  {
    id: "refs-gained",
    header: "Refs gained",
    cell: ({ type, refs_gained }) => type !== "account" && <CountCell count={refs_gained} />,
    isNumber: true,
    hideBelow: "md",
  },
  {
    id: "refs-lost",
    header: "Refs lost",
    cell: ({ type, refs_lost }) => type !== "account" && <CountCell count={refs_lost} tone="font-medium" />,
    isNumber: true,
    hideBelow: "sm",
  },
];

/** What a sync read and did, by resource type. */
export function ProgressTable({ sync: { progress, receipt } }: { sync: SyncSession }) {
  if (progress.length === 0) return <p className="text-sm text-soft">Nothing was read yet.</p>;
  const rows = progress.map((type) => ({ ...type, read: receipt?.types[type.slug]?.read }));
  return <DataTable label="Resource types" columns={columns} rows={rows} rowId={({ slug }) => slug} />;
}
