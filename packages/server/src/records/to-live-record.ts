import type { components } from "@bridgekit/client";
import type { RecordData } from "../database/schema.ts";

type LiveRecord = components["schemas"]["LiveRecord"];
type RecordStatus = components["schemas"]["RecordStatus"];

/** A record as it is answered; `isStub` where only refs have told about it. */
export function toLiveRecord(data: RecordData, removedAt: Date | null, isStub = false): LiveRecord {
  return {
    ...data,
    status: removedAt === null ? toStatus(data["status"]) : "inactive",
    removed_at: removedAt?.toISOString() ?? null,
    ...(isStub && { stub: true }),
  };
}

// A group or license may carry a field of this name that means something of its own; the status filter agrees with this.
function toStatus(status: unknown): RecordStatus {
  return status === "inactive" || status === "suspended" ? status : "active";
}
