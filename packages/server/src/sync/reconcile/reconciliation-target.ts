import type { Session } from "../find-session.ts";
import type { RemovalGuard } from "./removal-guard.ts";

/** What a reconciliation works on. */
export interface ReconciliationTarget {
  session: Session;
  orgId: string;
  guard: RemovalGuard | null;
  /** Whether accounts of the session keep refs that they had before. */
  keepsRefs: boolean;
  /** Whether any record of the session is told in several. */
  hasParts: boolean;
  /** The version that this reconciliation makes. */
  version: number;
  now: Date;
}
