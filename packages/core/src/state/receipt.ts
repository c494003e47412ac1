import type { Kind } from "@bridgekit/client";
import manifest from "../../package.json" with { type: "json" };
import type { Connector } from "../connector/connector.ts";
import type { SyncErrorCode } from "../errors/sync-error.ts";
import type { Usage } from "../run-context.ts";
import type { Timeline } from "../run-timeline.ts";

/**
 * How a run ended. `completed`: everything was read, and the Bridge has applied it. `updated`: what had changed was
 * read, and the Bridge has it. `abandoned`: something was missing, so nobody was removed. `failed`: the run ended in an
 * error.
 */
export type ReceiptStatus = "completed" | "updated" | "abandoned" | "failed";

/** What a run read and did of one resource type. */
export interface TypeReceipt {
  type: Kind;
  /** Records that the system returned, without the bad ones. */
  read: number;
  /** Records that the Bridge has. */
  pushed: number;
  created: number;
  updated: number;
  /** Absent if the Bridge does not return it. */
  removed?: number;
  /** Records whose id came before in the same stream. */
  duplicates: number;
  /** Different refs of the accounts, by the slug of the group or license. */
  refs?: Record<string, number>;
}

/** An app has not been read completely since a moment: until it is, nobody is removed. */
export interface Incomplete {
  /** When the first of these runs began; ISO 8601. */
  since: string;
  /** Partial runs since then, this one included. */
  runs: number;
  /** Whether one of them was to read everything; otherwise they were to read changes only. */
  mode: "full" | "changes";
  /** Why the last of them was partial, and how many partial runs in a row had that reason. */
  reasons: readonly { reason: string; runs: number }[];
  /** A reason came so many times in a row that it will not pass by itself. */
  isRecurring: boolean;
}

/** A record that was not sent, because the Bridge would refuse it. */
export interface BadRecord {
  slug: string;
  /** Its id, or what stands in its place. */
  id: string;
  /** `memberships.team[3].id`; empty if the record itself is wrong. */
  field: string;
  /** `must be a string`. */
  reason: string;
  /** The wrong value as JSON, shortened and without secrets; absent if there was none. */
  value?: string;
}

export interface BadRecordReport {
  /** How many there were; `shown` has at most the first 20. */
  count: number;
  shown: readonly BadRecord[];
}

/** What was wrong in the same field of several records. */
export interface CountedFault {
  slug: string;
  /** `memberships.team[].id`; empty if the record itself is wrong. */
  field: string;
  reason: string;
  count: number;
  /** Of the first three of them that have a usable one. */
  ids: string[];
}

/** What is kept of a sync. It holds no secret, and of people at most the beginning of a wrong value. */
export interface Receipt {
  /** Version 1 has no refs. */
  version: 1 | 2;
  appId: string;
  /** Absent if the run ended before it had a session. */
  syncId?: string;
  /** `full`: everything was read. `changes`: what had changed since a cursor. */
  mode: "full" | "changes";
  status: ReceiptStatus;
  /** ISO 8601, in UTC. */
  startedAt: string;
  endedAt: string;
  /** What the run asked of the system. */
  usage: Usage;
  /** Absent if nothing was read, and in receipts of earlier versions. */
  timeline?: Timeline;
  /** By slug. */
  types: Record<string, TypeReceipt>;
  /** Why the session was abandoned. */
  missing: readonly string[];
  /** Since when the app has not been read completely; absent if it has, and for a run that failed. */
  incomplete?: Incomplete;
  /** Which refs were not known, and why; absent in receipts of earlier versions. */
  unknownRefs?: readonly string[];
  badRecords: BadRecordReport;
  /** Fields that were left out of records; absent in receipts of earlier versions. */
  badFields?: BadRecordReport;
  error?: { code: SyncErrorCode | "UNKNOWN"; message: string };
  /** Where the changes begin that the Bridge does not have yet; the next run reads from there. */
  cursor?: string;
  /** A salted hash, to notice that the next run has other credentials. */
  credentials: { salt: string; hash: string };
  /** Hash of the plan that was approved. */
  approved?: string;
  versions: Versions;
}

/** The versions that ran. */
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
