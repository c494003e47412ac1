import type { Kind } from "@bridgekit/client";
import manifest from "../../package.json" with { type: "json" };
import type { Connector } from "../connector/connector.ts";
import type { SyncErrorCode } from "../errors/sync-error.ts";
import type { Usage } from "../run-context.ts";
import type { Incomplete } from "../sync/incomplete.ts";
import type { BadRecordReport } from "../sync/record/bad-records.ts";

/**
 * How a run ended. `completed`: everything was read, and the Bridge has applied it. `updated`: what had changed was
 * read, and the Bridge has it. `abandoned`: something was missing, so nobody was removed. `failed`: the run ended in an
 * error.
 */
export type ReceiptStatus = "completed" | "updated" | "abandoned" | "failed";

/** What a run read and did of one resource type. */
export interface TypeReceipt {
  type: Kind;
  /** Records that the system told, without those that are wrong. */
  read: number;
  /** Records that the Bridge has. */
  pushed: number;
  created: number;
  updated: number;
  /** Absent where the Bridge does not say it. */
  removed?: number;
  /** Records whose id came before in the same stream. */
  duplicates: number;
  /** Of accounts: how many different refs they have, by the slug of the group or license. */
  refs?: Record<string, number>;
}

/** What is kept of a sync. Holds no secret, and of people at most the beginning of a value that was wrong. */
export interface Receipt {
  /** Those of version 1 do not tell what accounts referred to. */
  version: 1 | 2;
  appId: string;
  /** Absent where it ended before there was a session. */
  syncId?: string;
  /** `full`: everything was read. `changes`: what had changed since a cursor. */
  mode: "full" | "changes";
  status: ReceiptStatus;
  /** ISO 8601, in UTC. */
  startedAt: string;
  endedAt: string;
  /** What it took of the system. */
  usage: Usage;
  /** By slug. */
  types: Record<string, TypeReceipt>;
  /** Why it was abandoned. */
  missing: readonly string[];
  /** Since when the app has not been read completely; absent where it has, and of a run that failed. */
  incomplete?: Incomplete;
  /** Which refs were not known, and why; absent in receipts of earlier versions. */
  unknownRefs?: readonly string[];
  badRecords: BadRecordReport;
  /** Fields that were left out of records; absent in receipts of earlier versions. */
  badFields?: BadRecordReport;
  error?: { code: SyncErrorCode | "UNKNOWN"; message: string };
  /** Where the changes begin that the Bridge does not have yet. */
  cursor?: string;
  /** Tells whether the next run has the same credentials, and not what they are. */
  credentials: { salt: string; hash: string };
  /** The plan that somebody approved. */
  approved?: string;
  versions: Versions;
}

/** What ran. */
interface Versions {
  connector: string;
  core: string;
  node: string;
}

/** `hr 1.2.0`, or `hr` if the connector has no version. */
export function readVersions({ name, version }: Connector): Versions {
  return {
    connector: version === undefined ? name : `${name} ${version}`,
    core: manifest.version,
    node: process.version,
  };
}
