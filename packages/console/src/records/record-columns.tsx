import type { Kind, LiveRecord } from "@bridgekit/client";
import { useParams } from "@tanstack/react-router";
import type { Column } from "../components/data-table.tsx";
import { formatCount, formatNumber } from "../components/format.ts";
import { DetailLink } from "../detail/detail-link.tsx";
import { toRecordName } from "./record-name.ts";
import { RecordStatusMark } from "./record-status-mark.tsx";
import { refsOf } from "./refs-of.ts";
import { Text } from "./text.tsx";

const name: Column<LiveRecord> = { id: "name", header: "Name", cell: (record) => <RecordLink record={record} /> };
const id: Column<LiveRecord> = {
  id: "id",
  header: "Id",
  cell: ({ data }) => <Text className="line-clamp-1 text-soft">{data.id}</Text>,
  hideBelow: "lg",
};
const status: Column<LiveRecord> = {
  id: "status",
  header: "State",
  cell: (record) => <RecordStatusMark record={record} />,
  width: "w-32",
};

const COLUMNS: Record<Kind, readonly Column<LiveRecord>[]> = {
  account: [
    name,
    {
      id: "email",
      header: "Email or username",
      cell: ({ data }) => <Text className="line-clamp-1 text-soft">{data.email ?? data.username ?? ""}</Text>,
      hideBelow: "sm",
    },
    id,
    {
      id: "refs",
      header: "Has",
      cell: ({ data }) => <RefCounts data={data} />,
      hideBelow: "md",
    },
    status,
  ],
  group: [
    name,
    {
      id: "description",
      header: "Description",
      cell: ({ data }) => <Text className="line-clamp-1 text-soft">{data.description ?? ""}</Text>,
      hideBelow: "sm",
    },
    id,
    status,
  ],
  license: [
    name,
    id,
    {
      id: "seats",
      header: "Seats used",
      cell: ({ data }) => <Seats data={data} />,
      isNumber: true,
      width: "w-36",
    },
    status,
  ],
};

/** The columns of a list of records of this kind. */
export function columnsOf(kind: Kind): readonly Column<LiveRecord>[] {
  return COLUMNS[kind];
}

function RecordLink({ record: { data } }: { record: LiveRecord }) {
  const { appId, slug } = useParams({ from: "/o/$org/apps/$appId/parts/records/$slug" });
  return (
    <DetailLink detail={{ kind: "record", appId, slug, id: data.id }} className="row-target font-medium">
      <Text className="line-clamp-2 @min-[40rem]:line-clamp-1">{toRecordName(data)}</Text>
    </DetailLink>
  );
}

/** `3 teams · 1 permission set`. */
export function RefCounts({ data }: Pick<LiveRecord, "data">) {
  const counts = Object.entries(refsOf(data)).flatMap(([slug, { length }]) =>
    length > 0 ? [formatCount(length, slug.replaceAll("_", " "))] : [],
  );
  return <span className="text-soft">{counts.length > 0 ? counts.join(" · ") : "nothing"}</span>;
}

export function Seats({ data: { used_count, max_count, is_unlimited } }: Pick<LiveRecord, "data">) {
  if (used_count === undefined && max_count === undefined) return <span className="text-faint">unknown</span>;
  const isUnlimited = is_unlimited === true || max_count === undefined || max_count === 0;
  const used = used_count === undefined ? "?" : formatNumber(used_count);
  return (
    <span className="tabular-nums">
      {used} {isUnlimited ? <span className="text-faint">of any number</span> : `of ${formatNumber(max_count)}`}
    </span>
  );
}
