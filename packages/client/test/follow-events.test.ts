import { expect, test } from "vitest";
import { createClient, type EventOptions, isApiError, isUnreachableError } from "../src/index.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";
const event = (id: number) => {
  const data = { type: "task.created", at: "2026-11-15T10:00:00.000Z", app_id: APP };
  return `id: ${id}\nevent: task.created\ndata: ${JSON.stringify(data)}\n\n`;
};

/** A body that ends or breaks off after its parts. */
function body(parts: readonly string[], { isBroken = false } = {}): Response {
  const chunks = parts.map((part) => new TextEncoder().encode(part));
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) controller.enqueue(chunk);
      else if (isBroken) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

/** Reads `count` events from connections served in order; returns the ids and the requests. */
async function read(answers: (() => Response)[], count: number, options: EventOptions = {}) {
  const sent: (string | null)[] = [];
  const client = createClient({
    baseUrl: "https://bridge.example.com/org/acme",
    apiKey: "bk_canary",
    async fetch(input, init) {
      const request = new Request(input, init);
      sent.push(request.headers.get("last-event-id"));
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError("fetch failed");
      return answer();
    },
  });
  const ids: string[] = [];
  for await (const { id, type, app_id } of client.streamEvents(options)) {
    expect({ type, app_id }).toEqual({ type: "task.created", app_id: APP });
    ids.push(id);
    if (ids.length === count) break;
  }
  return { ids, sent };
}

test("events are read from chunks split anywhere, between comments", async () => {
  const text = `: hello\n\n${event(1)}: still here\n\n${event(2)}`;
  const { ids, sent } = await read([() => body(text.split(/(?<=.)/su))], 2);
  expect(ids).toEqual(["1", "2"]);
  expect(sent).toEqual([null]);
});

test("a stream that ends or breaks off continues after the last event", async () => {
  const answers = [
    () => body([event(7)]),
    () => body([event(8), "id: 9\nevent: task"], { isBroken: true }),
    () => new Response("", { status: 503, headers: { "retry-after": "0" } }),
    () => body([event(9)]),
  ];
  const { ids, sent } = await read(answers, 3, { lastEventId: "6" });
  expect(ids).toEqual(["7", "8", "9"]);
  expect(sent).toEqual(["6", "7", "8", "8"]);
});

test("a stream that breaks off before its first event continues after the id it started with", async () => {
  const answers = [() => body([": events after 41\nid: 41\n\n"], { isBroken: true }), () => body([event(42)])];
  const { ids, sent } = await read(answers, 1);
  expect(ids).toEqual(["42"]);
  expect(sent).toEqual([null, "41"]);
});

test("a failed first connection is thrown, and so is a later refusal", async () => {
  const failure = (answers: (() => Response)[]) => read(answers, 2).catch((error: unknown) => error);
  expect(isUnreachableError(await failure([]))).toBe(true);
  const refused = () => Response.json({ detail: "The API key was revoked." }, { status: 403 });
  expect(isApiError(await failure([refused]))).toBe(true);
  expect(isApiError(await failure([() => body([event(1)]), refused]))).toBe(true);
});

test("an abort ends the stream, also between two connections", async () => {
  const stop = new AbortController();
  const reading = read([() => body([event(1)]), () => body([])], 2, { signal: stop.signal });
  setTimeout(() => stop.abort(), 100);
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
});
