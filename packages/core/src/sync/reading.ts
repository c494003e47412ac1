import type { SyncContext } from "../connector/connector.ts";
import type { Connection } from "../connector/create-connection.ts";
import { slugsInPushOrder } from "../connector/resource-types.ts";
import { describeMistake } from "../errors/describe-mistake.ts";
import { isCursorExpiredError } from "../errors/cursor-expired-error.ts";
import { isSyncError, SyncError } from "../errors/sync-error.ts";
import { highHalf } from "../hash-text.ts";
import { redactValue } from "../redact-value.ts";
import { createUsage, runContext } from "../run-context.ts";
import { traceStream } from "../telemetry/trace-sync.ts";
import { readAhead } from "./pages/read-ahead.ts";
import { toChangePages } from "./pages/to-change-pages.ts";
import { toPages, type Page, type PageRules } from "./pages/to-pages.ts";
import { RecordHashes } from "./guard/record-hashes.ts";
import { RefHashes } from "./guard/ref-hashes.ts";
import { BadRecords, describeBadRecord } from "./record/bad-records.ts";
import { createRecordCheck } from "./record/check-record.ts";
import { createRepair, isOptional } from "./record/repair-record.ts";
import { UnknownRefs } from "./record/unknown-refs.ts";

export interface ReadingOptions {
  signal: AbortSignal | undefined;
  /** Whether the Bridge takes an account in several records. */
  canContinue: boolean;
  /** Whether the Bridge keeps refs that a record says to be unknown. */
  canKeepRefs: boolean;
  stopAtFirstBadRecord: boolean;
  /** Called with each record that is good, before it is split. */
  onRecord?: (slug: string, record: { id: string }) => void;
}

type TakePage = (slug: string, page: Page) => Promise<void>;

// About what a call to a system brings: while it is answered, there is something to push.
const PAGES_READ_AHEAD = 10;

/**
 * Reads a connector's streams, checks the records and hands them on in pages. Of a record it remembers 8 bytes of its
 * id, for the receipt and for telling ids that came twice, and 8 bytes of each of its refs; the rest of it is forgotten
 * with its page.
 */
export class Reading {
  readonly usage = createUsage();
  readonly bad: BadRecords;
  readonly unknownRefs: UnknownRefs;
  /** Of the good records, by slug. */
  readonly ids = new Map<string, RecordHashes>();
  /** What the good accounts refer to, by the slug of their type. */
  readonly refs = new Map<string, RefHashes>();
  readonly #connection: Connection;
  readonly #options: ReadingOptions;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  readonly #missing: string[] = [];
  /** What is read, for errors; and for reasons why something is missing. */
  #part = "";
  #section = "";

  constructor(connection: Connection, options: ReadingOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#signal = options.signal ? AbortSignal.any([options.signal, this.#end.signal]) : this.#end.signal;
    const { connector, redact } = connection;
    this.bad = new BadRecords(redact);
    this.unknownRefs = new UnknownRefs({
      types: connector.resourceTypes,
      canKeep: options.canKeepRefs,
      redact,
    });
  }

  /** What the connector said to be missing. */
  get partial(): readonly string[] {
    return this.#missing;
  }

  /** Why what was read is not everything; empty where it is. */
  missing(): string[] {
    return [...this.#missing, ...this.unknownRefs.missing(), ...this.bad.reasons()];
  }

  /** Everything, one type after another: groups, licenses, accounts. `onTypeRead` is waited for in between. */
  readEverything(take: TakePage, onTypeRead: (slug: string) => Promise<void>): Promise<void> {
    return this.#attempt(async () => {
      this.#part = "sync";
      // Not that of `connector`, which passes each record through one promise more; `#attempt` takes the secrets out.
      const streams = await this.#run(async () => this.#connection.definition.sync(this.#context()));
      for (const slug of slugsInPushOrder(this.#connection.connector.resourceTypes)) {
        this.#part = `stream "${slug}"`;
        this.#section = slug;
        await this.#run(() => traceStream(slug, () => this.#readStream(slug, streams[slug]!(), take)));
        await onTypeRead(slug);
      }
    });
  }

  /** What changed after the cursor. Answers the next cursor; throws `CursorExpiredError` where the old one is too old. */
  readChanges(cursor: string, take: TakePage): Promise<string> {
    this.#part = "stream of changes";
    this.#section = "changes";
    return this.#attempt(() =>
      this.#run(async () => {
        let next: unknown;
        const changes = this.#connection.connector.changes!.since(this.#context(), cursor);
        const pages = toChangePages(changes, {
          rulesOf: (slug) => this.#rules(slug),
          onCursor: (value) => (next = value),
        });
        await this.#handOn(pages, ({ slug, page }) => take(slug, page));
        return checkCursor(next);
      }),
    );
  }

  /** Where the changes after now begin; `undefined` where the connector offers none. */
  async readCursor(): Promise<string | undefined> {
    const { changes } = this.#connection.connector;
    if (!changes) return undefined;
    this.#part = "cursor of changes";
    this.#section = "changes";
    return this.#attempt(() => this.#run(async () => checkCursor(await changes.cursor(this.#context()))));
  }

  /** What is still read is not wanted any more. */
  stop(): void {
    this.#end.abort();
  }

  async #readStream(slug: string, records: AsyncIterable<unknown>, take: TakePage): Promise<void> {
    await this.#handOn(toPages(records, this.#rules(slug)), (page) => take(slug, page));
  }

  async #handOn<P>(pages: AsyncGenerator<P>, take: (page: P) => Promise<void>): Promise<void> {
    for await (const page of readAhead(pages, { limit: PAGES_READ_AHEAD, signal: this.#signal })) {
      this.#signal.throwIfAborted();
      await take(page);
    }
    // A stream that returns because it was stopped has not ended by itself.
    this.#signal.throwIfAborted();
  }

  #context(): SyncContext<unknown> {
    const { client, logger, redact } = this.#connection;
    const partial = (reason: string) => void this.#missing.push(`${this.#section}: ${redact(reason)}`);
    const unknownRefs = (slug: string, reason: string) => this.unknownRefs.sayForAll(slug, reason);
    return { client, logger, signal: this.#signal, partial, unknownRefs };
  }

  #rules(slug: string): PageRules {
    const { resourceTypes, name } = this.#connection.connector;
    if (!Object.hasOwn(resourceTypes, slug))
      throw new TypeError(`connector "${name}" told a change of "${slug}", which is none of its resource types`);
    const { canContinue, canKeepRefs, stopAtFirstBadRecord, onRecord } = this.#options;
    const ids = new RecordHashes();
    this.ids.set(slug, ids);
    const { type } = resourceTypes[slug]!;
    const refs = type === "account" ? new RefHashes() : undefined;
    if (refs) this.refs.set(slug, refs);
    return {
      check: createRecordCheck(resourceTypes, slug),
      repair: createRepair(resourceTypes, { slug, canKeepRefs }),
      isOptional: (field) => isOptional(type, field),
      withUnknownRefs: type === "account" ? (record) => this.unknownRefs.addTo(slug, record) : (record) => record,
      canContinue,
      onBad: (record, fault) => {
        const bad = this.bad.add(slug, record, fault);
        if (stopAtFirstBadRecord)
          throw new SyncError("BAD_RECORD", `The sync stopped at a record that is wrong: ${describeBadRecord(bad)}.`);
      },
      onLeftOut: (record, faults) => {
        const first = this.bad.leaveOut(slug, record, faults);
        if (stopAtFirstBadRecord)
          throw new SyncError("BAD_RECORD", `The sync stopped at a field that is wrong: ${describeBadRecord(first)}.`);
      },
      onGood: (record) => {
        onRecord?.(slug, record);
        const high = record.continues === true ? highHalf(record.id) : ids.add(record.id);
        refs?.add(high, record);
      },
    };
  }

  #run<T>(read: () => Promise<T>): Promise<T> {
    return runContext.run({ signal: this.#signal, work: "sync", usage: this.usage }, read);
  }

  async #attempt<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const cause = redactValue(error, this.#connection.redact);
      if (isSyncError(cause) || isCursorExpiredError(cause)) throw cause;
      if (this.#options.signal?.aborted)
        throw new SyncError("STOPPED", "The sync was stopped; nobody was removed.", { cause });
      const message = `${describeMistake(cause, this.#part)}. Nobody was removed.`;
      throw new SyncError("UPSTREAM", message, { cause });
    }
  }
}

function checkCursor(cursor: unknown): string {
  if (typeof cursor === "string" && cursor !== "") return cursor;
  throw new TypeError(
    `a cursor must be a text that is not empty, got ${cursor === "" ? "an empty one" : typeof cursor}`,
  );
}
