import { randomBytes } from "node:crypto";
import type { SyncProgress } from "@bridgekit/client";
import { callBridge } from "../call-bridge.ts";
import { isSyncError } from "../errors/sync-error.ts";
import { readVersions, type Receipt, type ReceiptStatus, type TypeReceipt } from "../state/receipt.ts";
import type { IdHashes, ReadHashes } from "../state/receipt-store.ts";
import { toRunReceipt } from "../state/to-run-receipt.ts";
import { createUsage, roundUsage } from "../run-context.ts";
import type { RecordHashes } from "./guard/record-hashes.ts";
import { toIncomplete, type Incomplete } from "./incomplete.ts";
import type { PagePusher } from "./push-pages.ts";
import type { Reading } from "./reading.ts";
import type { SyncOptions, SyncResult } from "./sync-options.ts";

const SEND_TIMEOUT_SECONDS = 5;

/** What a run has come to so far. */
export interface RunState {
  mode: SyncResult["mode"];
  syncId: string;
  /** Whether the Bridge takes the receipt of the run. */
  takesReceipt: boolean;
  reading: Reading;
  pusher: PagePusher;
  /** By slug, of the types that were read to their end. */
  duplicates: Map<string, number>;
  /** Where the changes begin that the Bridge does not have once this run is over. */
  cursor?: string | undefined;
  /** What the Bridge says at the end. */
  progress?: readonly SyncProgress[];
}

/** Knows the last completed run, and writes the receipt of this one, however it ends. */
export class RunRecorder {
  readonly last: Receipt | undefined;
  readonly credentials: Receipt["credentials"];
  /** Set once there is a session. */
  state: RunState | undefined;
  /** What was known before this run. */
  readonly #before: Incomplete | undefined;
  readonly #options: SyncOptions;
  readonly #now: () => Date;
  readonly #startedAt: string;

  private constructor(
    options: SyncOptions,
    { last, before, credentials }: Pick<RunRecorder, "last" | "credentials"> & { before: Incomplete | undefined },
  ) {
    this.#options = options;
    this.#before = before;
    this.#now = options.now ?? (() => new Date());
    this.#startedAt = this.#now().toISOString();
    this.last = last;
    this.credentials = credentials;
  }

  /** Whether the config has other addresses, names or secrets than at the last completed run. */
  get hasOtherCredentials(): boolean {
    return this.last !== undefined && this.last.credentials.hash !== this.credentials.hash;
  }

  static async begin(options: SyncOptions): Promise<RunRecorder> {
    const last = await options.receipts?.latest("completed");
    const salt = last?.credentials.salt ?? randomBytes(16).toString("base64url");
    const hash = options.receipts ? await options.connection.fingerprint(salt) : "";
    const before = (await options.receipts?.latest("completed", "updated", "abandoned"))?.incomplete;
    return new RunRecorder(options, { last, before, credentials: { salt, hash } });
  }

  /** Runs, and keeps the receipt of it. */
  async record(run: () => Promise<SyncResult>): Promise<SyncResult> {
    let result: SyncResult;
    try {
      result = await run();
    } catch (error) {
      // The error that ended the run is the one to see.
      await this.#write("failed", { error }).catch((cause: unknown) => {
        const fields = { appId: this.#options.appId, error: (cause as Error).message };
        this.#options.connection.logger.error(fields, "the receipt of a failed sync was not kept");
      });
      throw error;
    }
    const incomplete = this.#judge(result);
    if (incomplete) result = { ...result, incomplete };
    await this.#write(result.status, { incomplete });
    return result;
  }

  #judge(result: SyncResult): Incomplete | undefined {
    const { recurringAfterRuns = 3 } = this.#options;
    return toIncomplete(this.#before, { result, startedAt: this.#startedAt, recurringAfterRuns });
  }

  async #write(
    status: ReceiptStatus,
    { error, incomplete }: { error?: unknown; incomplete?: Incomplete | undefined },
  ): Promise<void> {
    const { receipts, appId, connection, approve } = this.#options;
    const { mode = "full", syncId, reading, cursor } = this.state ?? {};
    const receipt: Receipt = {
      version: 2,
      appId,
      ...(syncId !== undefined && { syncId }),
      mode,
      status,
      startedAt: this.#startedAt,
      endedAt: this.#now().toISOString(),
      usage: roundUsage(reading?.usage ?? createUsage()),
      types: this.#types(),
      missing: reading?.missing() ?? [],
      ...(incomplete && { incomplete }),
      unknownRefs: reading?.unknownRefs.reasons() ?? [],
      badRecords: reading?.bad.report() ?? { count: 0, shown: [] },
      badFields: reading?.bad.reportFields() ?? { count: 0, shown: [] },
      ...(error !== undefined && {
        error: {
          code: isSyncError(error) ? error.code : "UNKNOWN",
          message: connection.redact((error as Error).message),
        },
      }),
      ...(cursor !== undefined && { cursor }),
      credentials: this.credentials,
      ...(approve !== undefined && { approved: approve }),
      versions: readVersions(connection.connector),
    };
    await receipts?.write(receipt, status === "completed" ? this.#hashes() : undefined);
    await this.#send(receipt);
  }

  /** Leaves the receipt with the session, where the Bridge takes it. The run is what it is without. */
  async #send(receipt: Receipt): Promise<void> {
    const { syncId, reading, takesReceipt = false } = this.state ?? {};
    if (!takesReceipt || syncId === undefined || reading === undefined) return;
    const { bridge, appId, retry, connection } = this.#options;
    const { partial: missing, bad } = reading;
    const findings = { missing, badRecords: bad.countFaults(), badFields: bad.countFieldFaults() };
    // Also where the run was stopped, and then nobody waits for long.
    const signal = AbortSignal.timeout(SEND_TIMEOUT_SECONDS * 1000);
    const send = () => bridge.putReceipt(appId, syncId, toRunReceipt(receipt, findings), { signal });
    await callBridge(send, { ...retry, signal }).catch((error: unknown) => {
      const fields = { appId, syncId, error: (error as Error).message };
      connection.logger.warn(fields, "the receipt was not left with the session");
    });
  }

  #types(): Record<string, TypeReceipt> {
    const { reading, pusher, duplicates, progress } = this.state ?? {};
    const types: Record<string, TypeReceipt> = {};
    for (const [slug, { added: read }] of reading?.ids ?? []) {
      const { pushed, created, updated } = pusher!.countsOf(slug);
      const told = progress?.find((type) => type.slug === slug);
      types[slug] = {
        type: this.#options.connection.connector.resourceTypes[slug]!.type,
        read,
        pushed,
        created: told?.created ?? created,
        updated: told?.updated ?? updated,
        ...(told?.removed !== undefined && { removed: told.removed }),
        duplicates: duplicates!.get(slug) ?? 0,
      };
      const refs = reading!.refs.get(slug)?.bySlug;
      if (refs)
        types[slug].refs = Object.fromEntries([...refs].map(([target, list]) => [target, list.countDifferent()]));
    }
    return types;
  }

  #hashes(): ReadHashes {
    const { ids, refs } = this.state!.reading;
    return {
      ids: toBytes(ids),
      refs: new Map([...refs].map(([slug, { bySlug }]) => [slug, toBytes(bySlug)])),
    };
  }
}

function toBytes(lists: ReadonlyMap<string, RecordHashes>): Map<string, IdHashes> {
  return new Map([...lists].map(([slug, hashes]) => [slug, hashes.bytes()]));
}
