import { untilAborted } from "../abort.ts";
import type { SyncContext } from "../connector/connector.ts";
import { slugsInPushOrder } from "../connector/resource-types.ts";
import { describeMistake } from "../errors/describe-mistake.ts";
import { isCursorExpiredError } from "../errors/cursor-expired-error.ts";
import { isSyncError, SyncError } from "../errors/sync-error.ts";
import { highHalf } from "../hash-text.ts";
import { redactValue } from "../redact-value.ts";
import { createUsage, runContext } from "../run-context.ts";
import { RunTimeline } from "../run-timeline.ts";
import { buildChangePages, type ChangePage } from "./build-change-pages.ts";
import { RecordHashes } from "./guard/record-hashes.ts";
import { RefHashes } from "./guard/ref-hashes.ts";
import { buildPages, type Page, type PageRules } from "./page-builder.ts";
import { BadRecords, describeBadRecord } from "./record/bad-records.ts";
import { createRecordCheck } from "./record/check-record.ts";
import { createRepair, isOptional } from "./record/repair-record.ts";
import { UnknownRefs } from "./record/unknown-refs.ts";
import type { SyncOptions } from "./sync-options.ts";

export type ReaderOptions = Pick<SyncOptions, "connection" | "signal" | "stopAtFirstBadRecord">;

interface Target {
  /** Whether the Bridge takes an account in several records. */
  canContinue: boolean;
  /** Whether the Bridge keeps the refs of slugs that a record names in its `unknown_refs`. */
  canKeepRefs: boolean;
  /** Called with each good record, before it is split. */
  onRecord?: (slug: string, record: { id: string }) => void;
}

type Streams = Readonly<Record<string, () => AsyncIterable<unknown>>>;

/** The section of a run that reads changes only. */
const CHANGES = "changes";

// About as much as one call to a system returns: there is something to push while the next call is in flight.
const PAGES_READ_AHEAD = 10;

/**
 * Reads a connector's streams, checks the records and yields them in pages. It keeps 8 bytes for each record and each ref,
 * for the guard, the receipt and to count duplicates; the record itself is forgotten with its page.
 */
export class StreamReader {
  /** Slugs of the declared types in the order in which they are read: groups, licenses, accounts. */
  readonly slugs: readonly string[];
  readonly usage = createUsage();
  readonly timeline = new RunTimeline();
  readonly bad: BadRecords;
  readonly unknownRefs: UnknownRefs;
  /** Ids of the good records, by slug. */
  readonly ids = new Map<string, RecordHashes>();
  /** What the good accounts refer to, by the slug of their type. */
  readonly refs = new Map<string, RefHashes>();
  /** Records whose id came before in the same stream, by slug; of streams that were read to their end. */
  readonly duplicates = new Map<string, number>();
  readonly #options: ReaderOptions;
  readonly #target: Target;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  readonly #partial: string[] = [];
  #streams: Streams | undefined;
  #nextCursor: string | undefined;
  /** What is being read, for error messages, and for the reasons of `partial`. */
  #part = "";
  #section = "";

  constructor(options: ReaderOptions, target: Target) {
    const { connection, signal } = options;
    const { connector, redact } = connection;
    this.#options = options;
    this.#target = target;
    this.#signal = signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
    this.slugs = slugsInPushOrder(connector.resourceTypes);
    this.bad = new BadRecords(redact);
    this.unknownRefs = new UnknownRefs({ types: connector.resourceTypes, canKeep: target.canKeepRefs, redact });
  }

  /** The reasons that the connector gave to `partial`. */
  get partial(): readonly string[] {
    return this.#partial;
  }

  /** Where the next changes begin; undefined until `readChanges` has ended. */
  get nextCursor(): string | undefined {
    return this.#nextCursor;
  }

  /** Why what was read is not everything; empty if it is. */
  missing(): string[] {
    return [...this.#partial, ...this.unknownRefs.missing(), ...this.bad.reasons()];
  }

  /** The pages of one type. Call it in the order of `slugs`. */
  async *read(slug: string): AsyncGenerator<Page> {
    try {
      this.#streams ??= await this.#openStreams();
      this.#enter(`stream "${slug}"`, slug);
      this.timeline.enter(slug);
      const open = this.#streams[slug]!;
      yield* this.#readAhead(buildPages(open, this.#rules(slug)));
      this.duplicates.set(slug, this.ids.get(slug)!.dropDuplicates());
      this.timeline.leave(this.#isPartial(slug) ? "partial" : "complete");
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** The pages of what changed after the cursor. Throws `CursorExpiredError` if the cursor is too old. */
  async *readChanges(cursor: string): AsyncGenerator<ChangePage> {
    this.#enter("stream of changes", CHANGES);
    this.timeline.enter(CHANGES);
    try {
      const open = () => this.#options.connection.connector.changes!.since(this.#context(), cursor);
      const rulesOf = (slug: string) => this.#rules(slug);
      let next: unknown;
      yield* this.#readAhead(buildChangePages(open, { rulesOf, onCursor: (value) => (next = value) }));
      this.#nextCursor = toCursor(next);
      this.timeline.leave(this.#isPartial(CHANGES) ? "partial" : "complete");
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Where the changes after now begin; undefined if the connector has no `changes`. */
  async readCursor(): Promise<string | undefined> {
    const { changes } = this.#options.connection.connector;
    if (!changes) return undefined;
    this.#enter("cursor of changes", CHANGES);
    try {
      return toCursor(await this.#run(() => changes.cursor(this.#context())));
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Stops what is still being read. */
  stop(): void {
    this.#end.abort();
  }

  /** Whether the connector said that something of the part is missing. */
  #isPartial(section: string): boolean {
    return this.#partial.some((reason) => reason.startsWith(`${section}: `));
  }

  #enter(part: string, section: string): void {
    this.#part = part;
    this.#section = section;
  }

  async #openStreams(): Promise<Streams> {
    this.#part = "sync";
    // Not the `sync` of `connector`, which adds a promise to each record; `#explain` redacts what this one throws.
    const { definition } = this.#options.connection;
    return this.#run(async () => definition.sync(this.#context()));
  }

  /** Reads ahead of the consumer, so that reading goes on while pages are pushed. Throws if the run is stopped. */
  async *#readAhead<P>(pages: AsyncGenerator<P>): AsyncGenerator<P> {
    const ahead: Promise<IteratorResult<P>>[] = [];
    const read = () => {
      const next = this.#run(() => pages.next());
      // Awaited later; until then a failure must not count as unhandled.
      next.catch(() => undefined);
      ahead.push(next);
    };
    try {
      for (let count = 0; count < PAGES_READ_AHEAD; count++) read();
      for (;;) {
        // A stream that ignores the signal is left behind.
        const result = await untilAborted(ahead.shift()!, this.#signal);
        // A stream that returns because it was stopped did not end by itself.
        this.#signal.throwIfAborted();
        if (result.done) return;
        read();
        yield result.value;
      }
    } finally {
      // Not awaited: a call to the system may be in flight, and its result is no longer needed.
      this.#run(() => pages.return(undefined)).catch(() => undefined);
    }
  }

  #run<T>(call: () => T): T {
    return runContext.run({ signal: this.#signal, work: "sync", usage: this.usage, timeline: this.timeline }, call);
  }

  #context(): SyncContext<unknown> {
    const { client, logger, redact } = this.#options.connection;
    const partial = (reason: string) => void this.#partial.push(`${this.#section}: ${redact(reason)}`);
    const unknownRefs = (slug: string, reason: string) => this.unknownRefs.addForAll(slug, reason);
    return { client, logger, signal: this.#signal, partial, unknownRefs };
  }

  #rules(slug: string): PageRules {
    const { connection, stopAtFirstBadRecord = false } = this.#options;
    const { resourceTypes, name } = connection.connector;
    if (!Object.hasOwn(resourceTypes, slug))
      throw new TypeError(`connector "${name}" yielded a change of "${slug}", which is not one of its resource types`);
    const { canContinue, canKeepRefs, onRecord } = this.#target;
    const ids = new RecordHashes();
    this.ids.set(slug, ids);
    const { type } = resourceTypes[slug]!;
    const refs = type === "account" ? new RefHashes() : undefined;
    if (refs) this.refs.set(slug, refs);
    return {
      check: createRecordCheck(resourceTypes, slug),
      repair: createRepair(resourceTypes, { slug, canKeepRefs }),
      isOptional: (field) => isOptional(type, field),
      withUnknownRefs: (record) =>
        type === "account" && (this.unknownRefs.isForAll || hasUnknownRefs(record))
          ? this.unknownRefs.addTo(slug, record)
          : record,
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

  #explain(error: unknown): unknown {
    const { connection, signal } = this.#options;
    const cause = redactValue(error, connection.redact);
    if (isSyncError(cause) || isCursorExpiredError(cause)) return cause;
    if (signal?.aborted) return new SyncError("STOPPED", "The sync was stopped; nobody was removed.", { cause });
    return new SyncError("UPSTREAM", `${describeMistake(cause, this.#part)}. Nobody was removed.`, { cause });
  }
}

function hasUnknownRefs(record: unknown): boolean {
  return typeof record === "object" && record !== null && "unknown_refs" in record;
}

function toCursor(cursor: unknown): string {
  if (typeof cursor === "string" && cursor !== "") return cursor;
  throw new TypeError(
    `a cursor must be a text that is not empty, got ${cursor === "" ? "an empty one" : typeof cursor}`,
  );
}
