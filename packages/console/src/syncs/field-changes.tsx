import type { Change, LiveRecord } from "@bridgekit/client";
import { Text } from "../records/text.tsx";
import { compareRecords } from "./compare-records.ts";

const MOST_SHOWN = 6;

/** What a change did to a record, field by field. */
export function FieldChanges({ change: { change, before, after } }: { change: Change }) {
  if (change === "created" || change === "removed") return <Described record={(after ?? before)!} />;
  const changes = compareRecords(before!, after!);
  return (
    <ul className="flex flex-col gap-0.5">
      {changes.slice(0, MOST_SHOWN).map((field) => (
        <li key={`${field.name} ${field.before} ${field.after}`} className="wrap-anywhere">
          <span className="text-soft">{field.name}</span>{" "}
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
  const refs = Object.entries({ ...data.memberships, ...data.assignments }).flatMap(([slug, { length }]) =>
    length > 0 ? [`${length} ${slug}`] : [],
  );
  return (
    <span className="text-soft">
      <Text>{[data.email ?? data.username ?? data.id, ...refs].join(" · ")}</Text>
    </span>
  );
}
