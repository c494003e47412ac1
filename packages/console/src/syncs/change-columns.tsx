import type { Change } from "@bridgekit/client";
import { useAppId } from "../apps/app-scope.tsx";
import { TypeName } from "../apps/type-name.tsx";
import type { Column } from "../components/data-table.tsx";
import { ChangeMark } from "./change-mark.tsx";
import { ChangedRecord } from "./changed-record.tsx";
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
    cell: (change) => <RecordOfApp change={change} detailClass="@min-[33rem]:hidden" />,
    width: "w-72",
  },
  {
    id: "slug",
    header: "Type",
    cell: ({ slug }) => <TypeOfApp slug={slug} />,
    width: "w-28",
    hideBelow: "sm",
  },
  { id: "what", header: "What changed", cell: (change) => <FieldsOfApp change={change} />, hideBelow: "sm" },
];

/** For a list beside something else. */
export const narrowChangeColumns: readonly Column<Change>[] = [
  changeColumn,
  { id: "name", header: "Record", cell: (change) => <RecordOfApp change={change} /> },
  {
    id: "slug",
    header: "Type",
    cell: ({ slug }) => <TypeOfApp slug={slug} />,
    width: "w-24",
    hideBelow: "sm",
  },
];

function TypeOfApp({ slug }: { slug: string }) {
  return (
    <span className="text-soft">
      <TypeName appId={useAppId()} slug={slug} />
    </span>
  );
}

function FieldsOfApp({ change }: { change: Change }) {
  return <FieldChanges appId={useAppId()} change={change} />;
}

function RecordOfApp({ change, detailClass }: { change: Change; detailClass?: string }) {
  return <ChangedRecord appId={useAppId()} change={change} {...(detailClass !== undefined && { detailClass })} />;
}
