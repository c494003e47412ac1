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
 * Streams the events of an organisation as server-sent events. They are read from the table, a page whenever the client
 * wants more, so a slow client uses no memory.
 */
export function createStreamEvents(context: BridgeContext): Handler<"streamEvents"> {
  const { events, stopping, callLimits } = context;
  return async ({ key, headers, signal }) => {
    const end = callLimits.take(key.id, "streams");
    const gone = new AbortController();
    const over = AbortSignal.any([signal, stopping, gone.signal]);
    const published = new Signal();
    // Subscribe before looking up the start, so that nothing is missed in between.
    const unsubscribe = await events
      .subscribe(key.orgId, () => published.set())
      .catch((error: unknown) => {
        end();
        throw error;
      });
    const close = () => {
      unsubscribe();
      end();
    };
    over.addEventListener("abort", close, { once: true });
    // An aborted signal sends no further event.
    if (over.aborted) close();
    const caller = currentCaller();
    const blocks = follow(context, {
      orgId: key.orgId,
      caller: key,
      lastEventId: headers["Last-Event-ID"],
      published,
      over,
    });
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { value, done } = await runFor(caller, () => blocks.next()).catch((error: unknown) => {
            // The client reconnects and continues.
            if (!over.aborted) context.logger.warn({ error: toLoggable(error) }, "a stream of events failed");
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
    // nginx would otherwise hold events back until its buffer is full.
    return { status: 200, headers: { "cache-control": "no-store", "x-accel-buffering": "no" }, stream };
  };
}

interface Follower {
  orgId: string;
  caller: VerifiedKey;
  lastEventId: string | undefined;
  published: Signal;
  over: AbortSignal;
}

/** The blocks of the stream, until it ends or the key is no longer valid. */
async function* follow(
  context: BridgeContext,
  { orgId, caller, lastEventId, published, over }: Follower,
): AsyncGenerator<string> {
  const { database } = context;
  let after = await findStart(database, orgId, lastEventId);
  // An id without data is not an event; it is where to continue if the stream breaks before the first event.
  yield `: events after ${after}\nid: ${after}\n\n`;
  let key = await readEventKey(context, caller);
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
    // Without an event the organisation may be gone.
    if ((isRung && page.length === 0) || performance.now() - keyReadAt >= COMMENT_INTERVAL_MS) {
      key = await readEventKey(context, caller);
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
      page.length === 0 && silence < COMMENT_INTERVAL_MS && (await published.wait(COMMENT_INTERVAL_MS - silence, over));
    // Independent of apps that the key may not read: a client that receives nothing considers the stream broken.
    if (!over.aborted && performance.now() - sentAt >= COMMENT_INTERVAL_MS) {
      yield ": still here\n\n";
      sentAt = performance.now();
    }
  }
}

/** The event to start after: the requested one if every later event is still stored, otherwise the last one. */
async function findStart(database: Kysely<Tables>, orgId: string, lastEventId = ""): Promise<number> {
  const { event_sequence: last, event_floor: floor } = await database
    .selectFrom("orgs")
    .select(["event_sequence", "event_floor"])
    .where("id", "=", orgId)
    .executeTakeFirstOrThrow();
  if (!EVENT_ID.test(lastEventId) || Number(lastEventId) >= last) return last;
  return Number(lastEventId) < floor ? last : Number(lastEventId);
}
