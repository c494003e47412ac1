import type { Session } from "../find-session.ts";
import type { RemovalGuard } from "./removal-guard.ts";

/** What a reconciliation works on. */
export interface ReconciliationTarget {
  session: Session;
  orgId: string;
  guard: RemovalGuard | null;
  /** Whether accounts of the session keep refs from before. */
  keepsRefs: boolean;
  /** Whether any record of the session is pushed in several parts. */
  hasParts: boolean;
  /** The version that this reconciliation creates. */
  version: number;
  now: Date;
}
