import type { AuditEntry } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { auditQuery } from "../api/audit-queries.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";

/** A key or a person by name, as the audit trail has it; by id without an entry of theirs. */
export function ActorName({ keyId, entry }: { keyId: string; entry: AuditEntry | undefined }) {
  if (typeof entry?.key_name === "string") return <Text>{entry.key_name}</Text>;
  return (
    <>
      {keyId.startsWith("user_") ? "person" : "key"} <code className="text-xs">{keyId}</code>
    </>
  );
}

interface ActorOfSyncProps {
  syncId: string;
  operation: "startSync" | "confirmSync" | "discardSync";
  keyId: string;
}

/** Who did something with a sync, and the reason that was given. */
export function ActorOfSync({ syncId, operation, keyId }: ActorOfSyncProps) {
  const { data } = useQuery(auditQuery(useSession(), { target: syncId, operation }));
  const entry = data?.rows.find(({ key_id, status }) => key_id === keyId && status !== null && status < 400);
  const reason = entry?.details?.reason;
  return (
    <>
      <ActorName keyId={keyId} entry={entry} />
      {reason !== undefined && (
        <>
          {" "}
          (<Text>{reason}</Text>)
        </>
      )}
    </>
  );
}
