import type { AuditEntry } from "@bridgekit/client";
import { useState } from "react";
import { Text } from "../records/text.tsx";
import { toDiff } from "./to-diff.ts";

const SHOWN = 4;

/** Why it was done, and what it changed: as it was and as it is. */
export function AuditDetails({ entry: { details } }: { entry: AuditEntry }) {
  const [isWhole, setIsWhole] = useState(false);
  if (details === undefined) return null;
  const { reason } = details;
  const diff = toDiff(details.before, details.after);
  const shown = isWhole ? diff : diff.slice(0, SHOWN);
  return (
    <div className="flex flex-col gap-0.5 py-0.5">
      {reason !== undefined && (
        <p className="wrap-anywhere">
          <span className="text-soft">Reason:</span> <Text>{reason}</Text>
        </p>
      )}
      <ul className="flex flex-col gap-0.5">
        {shown.map(({ name, before, after }) => (
          <li key={name} className="wrap-anywhere">
            <span className="text-soft">{name}</span>{" "}
            {before !== undefined && (
              <del className="text-red decoration-1">
                <Text>{before}</Text>
              </del>
            )}
            {before !== undefined && after !== undefined && <span aria-hidden> → </span>}
            {after !== undefined && (
              <ins className="text-green no-underline">
                <Text>{after}</Text>
              </ins>
            )}
          </li>
        ))}
      </ul>
      {shown.length < diff.length && (
        <button type="button" onClick={() => setIsWhole(true)} className="relative z-1 self-start text-link">
          {diff.length - shown.length} more
        </button>
      )}
    </div>
  );
}
