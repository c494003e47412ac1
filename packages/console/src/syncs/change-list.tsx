import type { Change, SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { type ChangeFilter, changesQuery } from "../api/queries.ts";
import { ChoiceLinks } from "../components/choice-links.tsx";
import { classNames } from "../components/class-names.ts";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ListView } from "../components/list-view.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { toRecordName } from "../records/record-name.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";
import type { Keep } from "./keep.ts";
import { FieldChanges } from "./field-changes.tsx";

const changeColumn: Column<Change> = {
  id: "change",
  header: "Change",
  cell: ({ change }) => <ChangeMark change={change} />,
  width: "w-28",
};

const columns: readonly Column<Change>[] = [
  changeColumn,
  {
    id: "name",
    header: "Record",
    cell: (change) => <RecordLink change={change} detailClass="sm:hidden" />,
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
const narrowColumns: readonly Column<Change>[] = [
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

interface ChangeListProps {
  sync: SyncSession;
  /** Of a held sync, which of the records are kept as they are. */
  keep?: Keep;
}

/** Each change of a sync, or what a held one would change; filtered by the address. */
export function ChangeList({ sync, keep }: ChangeListProps) {
  const session = useSession();
  const { appId } = useParams({ from: "/o/$org/apps/$appId/syncs/$syncId" });
  const filter: ChangeFilter = useSearch({ from: "/o/$org/apps/$appId/syncs/$syncId" });
  const isRunning = sync.status === "in_progress" || sync.status === "completing";
  const query = useQuery({ ...changesQuery(session, appId, sync, filter), enabled: !isRunning });
  if (isRunning) return <p className="text-sm text-soft">They are listed as soon as the sync is applied.</p>;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <ChoiceLinks
          label="Sort of change"
          name="change"
          choices={[
            { value: undefined, label: "All" },
            { value: "created", label: "Created" },
            { value: "updated", label: "Updated" },
            { value: "removed", label: "Removed" },
          ]}
        />
        {sync.progress.length > 1 && (
          <ChoiceLinks
            label="Resource type"
            name="slug"
            choices={[
              { value: undefined, label: "All types" },
              ...sync.progress.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
          />
        )}
      </div>
      <ListView
        label="Changes"
        query={query}
        columns={keep === undefined ? columns : [keepColumn(keep), ...narrowColumns]}
        rowId={({ slug, id }) => `${slug} ${id}`}
        empty={<EmptyNote>{describeNone(sync, filter)}</EmptyNote>}
      />
    </>
  );
}

function keepColumn({ isKept, toggle }: Keep): Column<Change> {
  return {
    id: "keep",
    header: "Confirm",
    width: "w-20",
    cell: (change) =>
      change.change !== "created" && (
        <input
          type="checkbox"
          checked={!isKept(change)}
          onChange={() => toggle(change)}
          aria-label={`Confirm: ${change.change} ${change.id}`}
          className="relative z-1 block size-3.5 accent-accent-solid"
        />
      ),
  };
}

function describeNone({ status }: SyncSession, { change, slug }: ChangeFilter): string {
  if (change !== undefined || slug !== undefined) return "No change of this sync fits the filter.";
  return status === "abandoned"
    ? "This sync was not applied whole, and changed nothing."
    : "Everything was already as it was read.";
}

function ChangeMark({ change }: Pick<Change, "change">) {
  switch (change) {
    case "created":
      return (
        <StateMark tone="green" icon="plus">
          Created
        </StateMark>
      );
    case "updated":
      return (
        <StateMark tone="blue" icon="pencil">
          Updated
        </StateMark>
      );
    case "removed":
      return (
        <StateMark tone="red" icon="minus">
          Removed
        </StateMark>
      );
  }
}

function RecordLink({ change, detailClass }: { change: Change; detailClass?: string }) {
  const { slug, id, before, after } = change;
  const { org } = useSession();
  const { appId } = useParams({ from: "/o/$org/apps/$appId" });
  const { data } = after ?? before ?? {};
  return (
    <>
      <Link
        to="/o/$org/apps/$appId/records/$slug/record"
        params={{ org, appId, slug }}
        search={{ id }}
        className="row-target font-medium"
      >
        <Text className="line-clamp-2">{data === undefined ? id : toRecordName(data)}</Text>
      </Link>
      <div className={classNames("text-xs", detailClass)}>
        <FieldChanges change={change} />
      </div>
    </>
  );
}
