import type { TaskErrorCode } from "@bridgekit/client";
import type { TaskFilter } from "../api/queries.ts";
import { ChoiceLinks } from "../components/choice-links.tsx";
import { ChoiceSelect } from "../components/choice-select.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { ACTIONS, actionLabel } from "./actions.ts";

/** Why a task fails, in words. */
const CAUSES: Record<TaskErrorCode, string> = {
  ACCOUNT_NOT_FOUND: "Account not found",
  ACCOUNT_ALREADY_EXISTS: "Account exists already",
  LICENSE_EXHAUSTED: "No free seat",
  PERMISSION_DENIED: "Permission denied",
  RATE_LIMITED: "Rate limited",
  TIMEOUT: "Timed out",
  INTERNAL_ERROR: "Other error",
};

/** The filters of a list of tasks. */
export function TaskFilters({ filter: { state } }: { filter: TaskFilter }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="w-full max-w-64">
        <FilterField label="Account or id begins with" />
      </div>
      <ChoiceLinks
        label="State"
        name="state"
        resets="code"
        choices={[
          { value: undefined, label: "All" },
          { value: "pending", label: "Pending" },
          { value: "scheduled", label: "Scheduled" },
          { value: "in_flight", label: "In flight" },
          { value: "completed", label: "Done" },
          { value: "failed", label: "Failed" },
          { value: "cancelled", label: "Cancelled" },
        ]}
      />
      <ChoiceSelect
        label="Action"
        name="action"
        all="Every action"
        choices={ACTIONS.map((action) => ({ value: action, label: actionLabel(action) }))}
      />
      {state === "failed" && (
        <ChoiceSelect
          label="Cause"
          name="code"
          all="Every cause"
          choices={Object.entries(CAUSES).map(([value, label]) => ({ value, label }))}
        />
      )}
    </div>
  );
}
