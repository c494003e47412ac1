import type { Change, SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ChangeFilter, changesQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { ChoiceLinks } from "../components/choice-links.tsx";
import type { RowChoice } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { ListView } from "../components/list-view.tsx";
import { useSession } from "../session/session.ts";
import { changeColumns, narrowChangeColumns } from "./change-columns.tsx";
import { type ChosenSort, defaultSort, SyncChangeSortLinks } from "./change-sort-links.tsx";
import type { Keep } from "./keep.ts";

interface ChangeListProps {
  sync: SyncSession;
  /** Of a held sync, which of the records are kept as they are. */
  keep?: Keep;
}

export type SyncFilter = Omit<ChangeFilter, "change"> & { change?: ChosenSort | undefined };

/** Each change of a sync, or what a held one would change; filtered by the address. */
export function ChangeList({ sync, keep }: ChangeListProps) {
  const session = useSession();
  const appId = useAppId();
  const { change = defaultSort(sync), ...rest }: SyncFilter = useSearch({ from: "/o/$org/apps/$appId/syncs/$syncId" });
  const filter: ChangeFilter = { ...rest, change: change === "all" ? undefined : change };
  const isRunning = sync.status === "in_progress" || sync.status === "completing";
  const query = useQuery({ ...changesQuery(session, appId, sync, filter), enabled: !isRunning });
  if (isRunning) return <p className="text-sm text-soft">They are listed as soon as the sync is applied.</p>;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterField label="Name, email or id begins with" />
        <SyncChangeSortLinks sync={sync} />
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
        columns={keep === undefined ? changeColumns : narrowChangeColumns}
        choice={keep && toChoice(keep)}
        rowId={({ slug, id }) => `${slug} ${id}`}
        empty={<EmptyNote>{describeNone(sync, filter)}</EmptyNote>}
      />
    </>
  );
}

function toChoice({ isKept, toggle }: Keep): RowChoice<Change> {
  return {
    header: "Confirm",
    isChosen: (change) => !isKept(change),
    nameOf: ({ change, id }) => `Confirm: ${change} ${id}`,
    toggle,
    mayChoose: ({ change }) => change !== "created",
  };
}

function describeNone({ status }: SyncSession, { change, slug, text }: ChangeFilter): string {
  if (change !== undefined || slug !== undefined || text !== undefined)
    return "No change of this sync fits the filter.";
  return status === "abandoned"
    ? "This sync was not applied whole, and changed nothing."
    : "Everything was already as it was read.";
}
