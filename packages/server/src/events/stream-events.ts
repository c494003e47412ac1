import type { Kysely } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { currentCaller, runFor } from "../database/caller.ts";
import type { Handler } from "../http/operation.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { Signal } from "./signal.ts";
import { readEventKey } from "./read-event-key.ts";

const PAGE_SIZE = 100;
const COMMENT_INTERVAL_MS = 15_000;
const EVENT_ID = /^(0|[1-9]\d{0,14})$/;

/**
 * Follows the events of an organisation as server-sent events. They are read from the table, a page whenever the reader
 * wants more, so a slow reader costs a place in the table and no memory.
 */
export function createStreamEvents(context: BridgeContext): Handler<"streamEvents"> {
  const { events, stopping, callLimits } = context;
  return async ({ key, headers, signal }) => {
    const end = callLimits.take(key.id, "streams");
    const gone = new AbortController();
    const over = AbortSignal.any([signal, stopping, gone.signal]);
    const bell = new Signal();
    // Before the place to begin at is looked up: nothing happens unheard in between.
    const unsubscribe = await events
      .subscribe(key.orgId, () => bell.ring())
      .catch((error: unknown) => {
        end();
        throw error;
      });
    const close = () => {
      unsubscribe();
      end();
    };
    over.addEventListener("abort", close, { once: true });
    // A signal that has aborted already says so no more.
    if (over.aborted) close();
    const caller = currentCaller();
    const blocks = follow(context, {
      orgId: key.orgId,
      caller: key,
      lastEventId: headers["Last-Event-ID"],
      bell,
      over,
    });
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { value, done } = await runFor(caller, () => blocks.next()).catch((error: unknown) => {
            // The reader comes back and goes on where it was.
            if (!over.aborted) context.logger.warn({ error: toLoggable(error) }, "a stream of events broke off");
            return { value: undefined, done: true as const };
          });
          if (!done) return controller.enqueue(encoder.encode(value));
          gone.abort();
          controller.close();
        },
        cancel: () => gone.abort(),
      },
      { highWaterMark: 0 },
    );
    // nginx would keep the events back until its buffer is full.
    return { status: 200, headers: { "cache-control": "no-store", "x-accel-buffering": "no" }, stream };
  };
}

interface Follower {
  orgId: string;
  caller: VerifiedKey;
  lastEventId: string | undefined;
  bell: Signal;
  over: AbortSignal;
}

/** The blocks of the stream, until it is over or the key is no longer valid. */
async function* follow(
  { database, now }: BridgeContext,
  { orgId, caller, lastEventId, bell, over }: Follower,
): AsyncGenerator<string> {
  let after = await findStart(database, orgId, lastEventId);
  // An id without data is no event; it tells where to go on if the stream breaks off before the first one.
  yield `: events after ${after}\nid: ${after}\n\n`;
  let key = await readEventKey(database, caller, now());
  let keyReadAt = performance.now();
  let sentAt = keyReadAt;
  let isRung = false;
  while (!over.aborted && key !== undefined) {
    const page = await database
      .selectFrom("events")
      .select(["sequence", "app_id", "data"])
      .where("org_id", "=", orgId)
      .where("sequence", ">", after)
      .orderBy("sequence")
      .limit(PAGE_SIZE)
      .execute();
    after = page.at(-1)?.sequence ?? after;
    // A ring without an event may say that the organisation is gone.
    if ((isRung && page.length === 0) || performance.now() - keyReadAt >= COMMENT_INTERVAL_MS) {
      key = await readEventKey(database, caller, now());
      keyReadAt = performance.now();
      if (key === undefined) return;
    }
    const { mayRead } = key;
    const text = page
      .filter(({ app_id }) => mayRead(app_id))
      .map(({ sequence, data }) => `id: ${sequence}\nevent: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`)
      .join("");
    if (text !== "") {
      yield text;
      sentAt = performance.now();
    }
    const silence = performance.now() - sentAt;
    isRung =
      page.length === 0 && silence < COMMENT_INTERVAL_MS && (await bell.heard(COMMENT_INTERVAL_MS - silence, over));
    // Whatever happens to apps that the key may not read: a reader that hears nothing takes the stream for broken.
    if (!over.aborted && performance.now() - sentAt >= COMMENT_INTERVAL_MS) {
      yield ": still here\n\n";
      sentAt = performance.now();
    }
  }
}

/**
 * The event to begin after: the one that was named, if all that followed it was kept as long as its kind is; else the
 * last one.
 */
async function findStart(database: Kysely<Tables>, orgId: string, lastEventId = ""): Promise<number> {
  const { event_sequence: last, event_floor: floor } = await database
    .selectFrom("orgs")
    .select(["event_sequence", "event_floor"])
    .where("id", "=", orgId)
    .executeTakeFirstOrThrow();
  if (!EVENT_ID.test(lastEventId) || Number(lastEventId) >= last) return last;
  return Number(lastEventId) < floor ? last : Number(lastEventId);
}
