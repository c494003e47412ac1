import type { components } from "@bridgekit/client";
import type { RecordData } from "../database/tables/records.ts";

type Schemas = components["schemas"];

/** What the Bridge itself knows of a record. */
interface OwnKnowledge {
  kind: Schemas["Kind"] | undefined;
  removedAt: Date | null;
  /** Whether only refs have named it. */
  isStub: boolean;
}

/** A record as responses return it: what was pushed, and what the Bridge adds. */
export function toLiveRecord(data: RecordData, { kind, removedAt, isStub }: OwnKnowledge): Schemas["LiveRecord"] {
  const status = kind === "account" ? (data["status"] as Schemas["RecordStatus"] | undefined) : undefined;
  return {
    data,
    status: removedAt === null ? (status ?? "active") : "inactive",
    removed_at: removedAt?.toISOString() ?? null,
    stub: isStub,
  };
}
