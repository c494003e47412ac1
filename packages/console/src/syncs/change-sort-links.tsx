import type { ChangeSort, SyncSession } from "@bridgekit/client";
import { ChoiceLinks } from "../components/choice-links.tsx";
import { isHeld } from "./sync-state-mark.tsx";

const SORTS = [
  { value: "created", label: "Created" },
  { value: "updated", label: "Updated" },
  { value: "removed", label: "Removed" },
];

/** Which changes a list has, kept in the address. */
export function ChangeSortLinks() {
  return <ChoiceLinks label="Sort of change" name="change" choices={[{ value: undefined, label: "All" }, ...SORTS]} />;
}

/** As an address has it: where a list begins with one sort, all of them have a name too. */
export type ChosenSort = ChangeSort | "all";

/** Which changes of a sync are shown first: of a held one what would be lost. */
export function defaultSort(sync: SyncSession): ChosenSort {
  return isHeld(sync) && sync.error?.losses?.some(({ of }) => of === "records") ? "removed" : "all";
}

export function SyncChangeSortLinks({ sync }: { sync: SyncSession }) {
  return (
    <ChoiceLinks
      label="Sort of change"
      name="change"
      otherwise={defaultSort(sync)}
      choices={[{ value: "all", label: "All" }, ...SORTS]}
    />
  );
}
