import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { auditQuery } from "../api/audit-queries.ts";
import { type Erasure, erasuresQuery } from "../api/erasure-queries.ts";
import { AuditTabs } from "../audit/audit-tabs.tsx";
import { CountCell } from "../components/count-cell.tsx";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import { ErasedFrom, ErasureDialog } from "./erasure-dialog.tsx";

const columns: readonly Column<Erasure>[] = [
  { id: "at", header: "When", cell: (erasure) => <ErasureLink erasure={erasure} />, width: "w-36" },
  { id: "what", header: "What", cell: ({ app_id }) => <ErasedFrom appId={app_id} /> },
  { id: "by", header: "By", cell: (erasure) => <By erasure={erasure} />, width: "w-44", hideBelow: "xs" },
  { id: "accounts", header: "Accounts", cell: ({ accounts }) => <CountCell count={accounts} />, isNumber: true },
  {
    id: "records",
    header: "Records",
    cell: ({ counts }) => <CountCell count={counts.records} />,
    isNumber: true,
    hideBelow: "sm",
  },
  {
    id: "changes",
    header: "Changes",
    cell: ({ counts }) => <CountCell count={counts.changes} />,
    isNumber: true,
    hideBelow: "sm",
  },
  {
    id: "tasks",
    header: "Tasks",
    cell: ({ counts }) => <CountCell count={counts.tasks} />,
    isNumber: true,
    hideBelow: "sm",
  },
  {
    id: "active",
    header: "Were still in a system",
    cell: ({ active_accounts }) => <CountCell count={active_accounts} />,
    isNumber: true,
    hideBelow: "md",
  },
];

/** The receipts of erased people: when, by whom and how much, and nothing of who it was. */
export function ErasuresPage() {
  const { cursor, receipt } = useSearch({ from: "/o/$org/audit/erasures" });
  const navigate = useNavigate();
  const query = useQuery(erasuresQuery(useSession(), { cursor }));
  const shown = query.data?.rows.find(({ id }) => id === receipt);
  const close = () =>
    void navigate({ to: ".", search: (previous) => ({ ...previous, receipt: undefined }), state: true });
  return (
    <Page
      title="Erasures"
      subtitle="Receipts of people who were erased. They hold nothing personal and are kept for good."
    >
      <AuditTabs />
      <ListView
        label="Erasures"
        query={query}
        columns={columns}
        rowId={({ id }) => id}
        isSelected={({ id }) => id === receipt}
        empty={<EmptyNote>Nobody was erased yet. The page of an account offers it to an administrator.</EmptyNote>}
      />
      {shown && <ErasureDialog erasure={shown} onClose={close} />}
    </Page>
  );
}

/** The newest erasures have the name of whoever asked for them in one page of the audit trail. */
function By({ erasure: { id, key_id } }: { erasure: Erasure }) {
  const { data } = useQuery(auditQuery(useSession(), { operation: "erasePerson" }));
  const entry = data?.rows.find(({ details }) => details?.erasure_id === id);
  return (
    <span className="line-clamp-1 wrap-anywhere">
      <Text>{entry?.key_name ?? key_id ?? ""}</Text>
    </span>
  );
}

function ErasureLink({ erasure: { id, at } }: { erasure: Erasure }) {
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, receipt: id })}
      state
      resetScroll={false}
      className="row-target font-medium"
    >
      <Moment at={at} />
    </Link>
  );
}
