import type { AuditEntry } from "@bridgekit/client";
import { useState } from "react";
import { Text } from "../records/text.tsx";

const SHOWN = 3;

/** What was changed, as it was and as it is. */
export function AuditDetails({ entry: { details } }: { entry: AuditEntry }) {
  const [isWhole, setIsWhole] = useState(false);
  if (details === undefined) return null;
  const { before, after } = details;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const shown = isWhole ? names : names.slice(0, SHOWN);
  return (
    <ul className="flex flex-col gap-0.5">
      {shown.map((name) => (
        <li key={name} className="wrap-anywhere">
          <span className="text-soft">{name}</span>{" "}
          {before !== null && before !== undefined && name in before && (
            <del className="text-faint">
              <Text>{toText(before[name])}</Text>
            </del>
          )}{" "}
          {after !== null && after !== undefined && name in after && (
            <ins className="no-underline">
              <Text>{toText(after[name])}</Text>
            </ins>
          )}
        </li>
      ))}
      {shown.length < names.length && (
        <li>
          <button type="button" onClick={() => setIsWhole(true)} className="relative z-1 text-link">
            {names.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  );
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
