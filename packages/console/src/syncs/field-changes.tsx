import type { Change, LiveRecord } from "@bridgekit/client";
import { useTypeNames } from "../apps/type-name.tsx";
import { RefCounts } from "../records/record-columns.tsx";
import { refsOf } from "../records/refs-of.ts";
import { Text } from "../records/text.tsx";
import { compareRecords } from "./compare-records.ts";

const MOST_SHOWN = 6;

interface FieldChangesProps {
  appId: string;
  change: Change;
}

/** What a change did to a record of an app, field by field. */
export function FieldChanges({ appId, change: { change, before, after, ref_names } }: FieldChangesProps) {
  const typeName = useTypeNames(appId);
  if (change === "created" || change === "removed") return <Described record={(after ?? before)!} />;
  const changes = compareRecords(before!, after!, ref_names);
  return (
    <ul className="flex flex-col gap-0.5">
      {changes.slice(0, MOST_SHOWN).map((field) => (
        <li key={`${field.name} ${field.before} ${field.after}`} className="wrap-anywhere">
          <span className="text-soft">{field.isRef ? typeName(field.name) : field.name}</span>{" "}
          {field.before !== undefined && (
            <del className="text-faint decoration-faint">
              <Text>{field.before}</Text>
            </del>
          )}
          {field.before !== undefined && field.after !== undefined && " → "}
          {field.after !== undefined && (
            <ins className="no-underline">
              <Text>{field.after}</Text>
            </ins>
          )}
        </li>
      ))}
      {changes.length > MOST_SHOWN && <li className="text-faint">and {changes.length - MOST_SHOWN} more</li>}
    </ul>
  );
}

function Described({ record: { data } }: { record: LiveRecord }) {
  // Of a group or license a field with such a name may have any value.
  const address = [data.email, data.username].find((value) => typeof value === "string") ?? data.id;
  return (
    <span className="text-soft">
      <Text>{address}</Text>
      {Object.values(refsOf(data)).some(({ length }) => length > 0) && (
        <>
          {" · "}
          <RefCounts data={data} />
        </>
      )}
    </span>
  );
}
