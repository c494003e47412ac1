import { expect, test } from "vitest";
import { createBridge } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

const KEY_LIMITS = { calls: 2, longPolls: 2, streams: 2 };

test("the calls in flight of a key are limited, without effect on other keys", async () => {
  await using bridge = await openBridge("pglite", { keyLimits: KEY_LIMITS });
  const [api, other] = [await createApi(bridge), await createApi(bridge)];
  /** A call whose body is not complete, so it stays in flight. */
  const begin = async () => {
    const isRead = Promise.withResolvers<void>();
    const isSent = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          isRead.resolve();
          await isSent.promise;
          controller.enqueue(new TextEncoder().encode('{"name":"HR"}'));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const init = { body, headers: { "content-type": "application/json" }, duplex: "half" };
    const response = api.send("POST", "/apps/", init as RequestInit);
    await isRead.promise;
    return async () => {
      isSent.resolve();
      return response;
    };
  };
  const open = [await begin(), await begin()];
  const refused = await api.call("GET", "/apps/");
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(refused.body.detail).toBe(
    "The API key has 2 calls in progress, the most for one key (keyLimits.calls). " +
      "Send the next ones as the earlier ones end, or use several keys.",
  );
  expect((await other.call("GET", "/apps/")).status).toBe(200);
  for (const finish of open) expect((await finish()).status).toBe(201);
  expect((await api.call("GET", "/apps/")).status).toBe(200);
});

test("the long polls of a key are limited apart from its other calls", async () => {
  await using bridge = await openBridge("pglite", { keyLimits: KEY_LIMITS });
  const api = await createApi(bridge);
  const app = await api.createApp();
  const gone = new AbortController();
  const wait = () =>
    api.send("GET", `/apps/${app}/tasks/?status=pending`, { headers: { prefer: "wait=60" }, signal: gone.signal });
  const waiting = [wait(), wait()];
  await expect
    .poll(async () => {
      const one = new AbortController();
      const asked = api.send("GET", `/apps/${app}/tasks/?status=pending`, {
        headers: { prefer: "wait=60" },
        signal: one.signal,
      });
      const status = await Promise.race([asked.then(({ body }) => body.detail), Promise.resolve().then(() => "waits")]);
      one.abort();
      return (await asked).body?.detail ?? status;
    })
    .toContain("keyLimits.longPolls");
  expect((await api.call("GET", `/apps/${app}/tasks/?status=pending`)).status).toBe(200);
  gone.abort();
  await Promise.all(waiting);
  const last = new AbortController();
  const again = api.send("GET", `/apps/${app}/tasks/?status=pending`, {
    headers: { prefer: "wait=1" },
    signal: last.signal,
  });
  expect((await again).status).toBe(200);
});

test("the event streams of a key are limited, and a closed one makes room", async () => {
  await using bridge = await openBridge("pglite", { keyLimits: KEY_LIMITS });
  const api = await createApi(bridge);
  const open = () =>
    bridge.fetch(new Request(`${api.base}/events/`, { headers: { authorization: `Api-Key ${api.key}` } }));
  const [first] = [await open(), await open()];
  const refused = await open();
  expect(refused.status).toBe(429);
  expect(((await refused.json()) as { detail: string }).detail).toContain("keyLimits.streams");
  await first.body!.cancel();
  const again = await open();
  expect(again.status).toBe(200);
});

test("invalid limits are refused when the Bridge is created", async () => {
  await expect(createBridge({ database: { kind: "pglite" }, keyLimits: { streams: 0 } })).rejects.toThrow(
    "keyLimits.streams must be a whole number of at least 1, got 0.",
  );
});
