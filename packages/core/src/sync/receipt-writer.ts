import { randomBytes } from "node:crypto";
import { callBridge } from "../call-bridge.ts";
import { isSyncError } from "../errors/sync-error.ts";
import { createUsage, roundUsage } from "../run-context.ts";
import { readVersions, type Incomplete, type Receipt, type TypeReceipt } from "../state/receipt.ts";
import type { IdHashes, ReadHashes } from "../state/receipt-store.ts";
import { toRunReceipt } from "../state/to-run-receipt.ts";
import type { RecordHashes } from "./guard/record-hashes.ts";
import { toIncomplete } from "./incomplete.ts";
import type { EndedRun, RunEnd } from "./run-end.ts";
import type { SyncOptions } from "./sync-options.ts";

const SEND_TIMEOUT_SECONDS = 5;

type Credentials = Receipt["credentials"];

interface Before {
  last: Receipt | undefined;
  incomplete: Incomplete | undefined;
  credentials: Credentials;
  startedAt: string;
}

/** Knows the last completed run, and writes the receipt of this one. */
export class ReceiptWriter {
  readonly #options: SyncOptions;
  readonly #before: Before;

  private constructor(options: SyncOptions, before: Before) {
    this.#options = options;
    this.#before = before;
  }

  static async begin(options: SyncOptions): Promise<ReceiptWriter> {
    const { receipts, connection, now = () => new Date() } = options;
    const startedAt = now().toISOString();
    const last = await receipts?.latest("completed");
    const salt = last?.credentials.salt ?? randomBytes(16).toString("base64url");
    const hash = receipts ? await connection.fingerprint(salt) : "";
    const incomplete = (await receipts?.latest("completed", "updated", "abandoned"))?.incomplete;
    return new ReceiptWriter(options, { last, incomplete, credentials: { salt, hash }, startedAt });
  }

  /** The last completed run. */
  get last(): Receipt | undefined {
    return this.#before.last;
  }

  /** Whether the config has other addresses, names or secrets than at the last completed run. */
  get hasOtherCredentials(): boolean {
    const { last, credentials } = this.#before;
    return last !== undefined && last.credentials.hash !== credentials.hash;
  }

  /** Since when the app has not been read completely; undefined if this run has read it. */
  judge(end: EndedRun): Incomplete | undefined {
    const { recurringAfterRuns = 3 } = this.#options;
    const result = { status: end.status, mode: end.mode, missing: end.reader.missing() };
    return toIncomplete(this.#before.incomplete, { result, startedAt: this.#before.startedAt, recurringAfterRuns });
  }

  async write(end: RunEnd, incomplete?: Incomplete): Promise<void> {
    const { receipts, appId, connection, approve, now = () => new Date() } = this.#options;
    const { mode, status, session, reader } = end;
    const receipt: Receipt = {
      version: 2,
      appId,
      ...(session && { syncId: session.id }),
      mode,
      status,
      startedAt: this.#before.startedAt,
      endedAt: now().toISOString(),
      usage: roundUsage(reader?.usage ?? createUsage()),
      ...(reader && { timeline: reader.timeline.end() }),
      types: this.#types(end),
      missing: reader?.missing() ?? [],
      ...(incomplete && { incomplete }),
      unknownRefs: reader?.unknownRefs.reasons() ?? [],
      badRecords: reader?.bad.report() ?? { count: 0, shown: [] },
      badFields: reader?.bad.reportFields() ?? { count: 0, shown: [] },
      ...(end.status === "failed"
        ? { error: { code: codeOf(end.error), message: connection.redact((end.error as Error).message) } }
        : end.cursor !== undefined && { cursor: end.cursor }),
      credentials: this.#before.credentials,
      ...(approve !== undefined && { approved: approve }),
      versions: readVersions(connection.connector),
    };
    await receipts?.write(receipt, end.status === "completed" ? hashesOf(end) : undefined);
    await this.#send(receipt, end);
  }

  /** Leaves the receipt with the session if the Bridge takes it; the run does not depend on it. */
  async #send(receipt: Receipt, { session, reader }: RunEnd): Promise<void> {
    if (!session?.takesReceipt) return;
    const { bridge, appId, retry, connection } = this.#options;
    const { partial: missing, bad } = reader;
    const findings = { missing, badRecords: bad.countFaults(), badFields: bad.countFieldFaults() };
    // Also sent if the run was stopped, so nobody waits for long.
    const signal = AbortSignal.timeout(SEND_TIMEOUT_SECONDS * 1000);
    const send = () => bridge.putReceipt(appId, session.id, toRunReceipt(receipt, findings), { signal });
    await callBridge(send, { ...retry, signal }).catch((error: unknown) => {
      const fields = { appId, syncId: session.id, error: (error as Error).message };
      connection.logger.warn(fields, "the receipt was not left with the session");
    });
  }

  #types(end: RunEnd): Record<string, TypeReceipt> {
    const { session, reader } = end;
    const types: Record<string, TypeReceipt> = {};
    if (!session) return types;
    for (const [slug, { added: read }] of reader.ids) {
      const { pushed, created, updated } = session.countsOf(slug);
      const progress = end.status === "failed" ? undefined : end.progress.find((type) => type.slug === slug);
      const refs = reader.refs.get(slug)?.bySlug;
      types[slug] = {
        type: this.#options.connection.connector.resourceTypes[slug]!.type,
        read,
        pushed,
        created: progress?.created ?? created,
        updated: progress?.updated ?? updated,
        ...(progress?.removed !== undefined && { removed: progress.removed }),
        duplicates: reader.duplicates.get(slug) ?? 0,
        ...(refs && { refs: Object.fromEntries([...refs].map(([to, hashes]) => [to, hashes.countDifferent()])) }),
      };
    }
    return types;
  }
}

function codeOf(error: unknown): NonNullable<Receipt["error"]>["code"] {
  return isSyncError(error) ? error.code : "UNKNOWN";
}

function hashesOf({ reader: { ids, refs } }: EndedRun): ReadHashes {
  return { ids: toBytes(ids), refs: new Map([...refs].map(([slug, { bySlug }]) => [slug, toBytes(bySlug)])) };
}

function toBytes(lists: ReadonlyMap<string, RecordHashes>): Map<string, IdHashes> {
  return new Map([...lists].map(([slug, hashes]) => [slug, hashes.bytes()]));
}
