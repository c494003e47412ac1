import { type AuditFilter, exportAudit } from "../api/audit-queries.ts";
import { AppSelect } from "../apps/app-select.tsx";
import { ChoiceSelect } from "../components/choice-select.tsx";
import { DayField } from "../components/day-field.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { FilterChip } from "../components/filter-chip.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { useSession } from "../session/session.ts";
import { describeOperation, SOUGHT } from "./operations.ts";

/** What the trail is searched by; all of it is in the address. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const session = useSession();
  const { key_id, target, actor } = filter;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <FilterField label="A name, an operation, a reason or a request id" />
      <ChoiceSelect
        label="Operation"
        name="operation"
        all="Every operation"
        choices={SOUGHT.map((value) => ({ value, label: describeOperation(value) }))}
      />
      <AppSelect />
      <DayField label="From" name="from" />
      <DayField label="To" name="to" />
      {key_id !== undefined && (
        <FilterChip name="key_id">
          by {key_id.startsWith("user_") ? "one person" : "key"} <code className="text-xs">{key_id}</code>
        </FilterChip>
      )}
      {actor !== undefined && <FilterChip name="actor">by {actor}</FilterChip>}
      {target !== undefined && (
        <FilterChip name="target">
          about <code className="text-xs">{target}</code>
        </FilterChip>
      )}
      <div className="ml-auto">
        <ExportButtons name="audit" toFile={(format) => exportAudit(session, filter, format)} />
      </div>
    </div>
  );
}
