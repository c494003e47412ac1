import { ChoiceLinks } from "../components/choice-links.tsx";

const SORTS = [
  { value: undefined, label: "All" },
  { value: "created", label: "Created" },
  { value: "updated", label: "Updated" },
  { value: "removed", label: "Removed" },
];

/** Which changes a list has, kept in the address. */
export function ChangeSortLinks() {
  return <ChoiceLinks label="Sort of change" name="change" choices={SORTS} />;
}
