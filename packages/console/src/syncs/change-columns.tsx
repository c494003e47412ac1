import type { Change } from "@bridgekit/client";
import { useAppId } from "../apps/app-scope.tsx";
import { classNames } from "../components/class-names.ts";
import type { Column } from "../components/data-table.tsx";
import { DetailLink } from "../detail/detail-link.tsx";
import { toRecordName } from "../records/record-name.ts";
import { Text } from "../records/text.tsx";
import { ChangeMark } from "./change-mark.tsx";
import { FieldChanges } from "./field-changes.tsx";

const changeColumn: Column<Change> = {
  id: "change",
  header: "Change",
  cell: ({ change }) => <ChangeMark change={change} />,
  width: "w-28",
};

/** The columns of a list of changes of one app. */
export const changeColumns: readonly Column<Change>[] = [
  changeColumn,
  {
    id: "name",
    header: "Record",
    cell: (change) => <RecordLink change={change} detailClass="@min-[33rem]:hidden" />,
    width: "w-72",
  },
  {
    id: "slug",
    header: "Type",
    cell: ({ slug }) => <span className="text-soft">{slug}</span>,
    width: "w-28",
    hideBelow: "sm",
  },
  { id: "what", header: "What changed", cell: (change) => <FieldChanges change={change} />, hideBelow: "sm" },
];

/** For a list beside something else. */
export const narrowChangeColumns: readonly Column<Change>[] = [
  changeColumn,
  { id: "name", header: "Record", cell: (change) => <RecordLink change={change} /> },
  {
    id: "slug",
    header: "Type",
    cell: ({ slug }) => <span className="text-soft">{slug}</span>,
    width: "w-24",
    hideBelow: "sm",
  },
];

function RecordLink({ change, detailClass }: { change: Change; detailClass?: string }) {
  const { slug, id, before, after } = change;
  const appId = useAppId();
  const { data } = after ?? before ?? {};
  return (
    <>
      <DetailLink detail={{ kind: "record", appId, slug, id }} className="row-target font-medium">
        <Text className="line-clamp-2">{data === undefined ? id : toRecordName(data)}</Text>
      </DetailLink>
      <div className={classNames("text-xs", detailClass)}>
        <FieldChanges change={change} />
      </div>
    </>
  );
}
