import { createHosts, createHttp, type SharedLimit } from "@bridgekit/core/run";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase, type FleetDatabase } from "../src/database/open-database.ts";
import { openLimits, type FleetLimits } from "../src/limits/open-limits.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

const ORIGIN = "https://wiki.example.com";
const CREDENTIAL = "digest";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let errors: Error[];
const opened: AsyncDisposable[] = [];
beforeEach(async () => {
  database = await openTestDatabase();
  errors = [];
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Another process of the fleet, with its own connections and clock. */
async function openWorker(): Promise<{ limits: FleetLimits; own: FleetDatabase }> {
  const own = await openDatabase({ url: database.url, onError: (error) => errors.push(error) });
  const limits = openLimits(own.kysely, { onError: (error) => errors.push(error), hangsAfterMs: 600_000 });
  opened.push({
    async [Symbol.asyncDispose]() {
      await limits[Symbol.asyncDispose]();
      await own.close().catch(() => {});
    },
  });
  return { limits, own };
}

/** A system that logs who calls what, and refuses a path once. */
function createUpstream() {
  const log: string[] = [];
  let refused: string | undefined;
  return {
    log,
    refuse: (path: string) => void (refused = path),
    connect(worker: string, sharedLimit: SharedLimit, perSecond?: number) {
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const path = new URL(new Request(input, init).url).pathname;
        log.push(`${worker} ${path}`);
        if (path !== refused) return Response.json(path);
        return Response.json({}, { status: 429, headers: { "retry-after": "7200" } });
      };
      const limits = perSecond === undefined ? {} : { perSecond };
      const options = { system: "Wiki", baseUrl: ORIGIN, retry: { retries: 0 }, limits };
      const http = createHttp(options, { fetch, hosts: createHosts(), sharedLimit });
      return (path: string) => http.request({ method: "GET", path });
    },
  };
}

const call = (more: object = {}) => ({ origin: ORIGIN, perSecond: 40, priority: 0, signal: undefined, ...more });

test("two workers together keep to the limit of a credential", async () => {
  const upstream = createUpstream();
  const [one, other] = [await openWorker(), await openWorker()];
  const [first, second] = [
    upstream.connect("one", one.limits.of(CREDENTIAL), 40),
    upstream.connect("other", other.limits.of(CREDENTIAL), 40),
  ];
  const begun = performance.now();
  await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? first : second)(`/${n}`)));
  // Each alone would take half a second.
  expect(performance.now() - begun).toBeGreaterThan(950);
  expect(upstream.log).toHaveLength(40);
  expect(errors).toEqual([]);
});

test("another credential, or another host, has its own limit", async () => {
  const { limits } = await openWorker();
  await Promise.all(Array.from({ length: 10 }, () => limits.of(CREDENTIAL).take(call({ perSecond: 1000 }))));
  await limits.of("another").take(call({ perSecond: 1000 }));
  await limits.of(CREDENTIAL).take(call({ perSecond: 1000, origin: "https://b.example.com" }));
  const { rows } = await sql`select credential, origin from fleet.limits order by 1, 2`.execute(database.kysely);
  expect(rows).toEqual([
    { credential: "another", origin: ORIGIN },
    { credential: CREDENTIAL, origin: "https://b.example.com" },
    { credential: CREDENTIAL, origin: ORIGIN },
  ]);
});

test("a 429 that one worker gets holds back all of them", async () => {
  const upstream = createUpstream();
  const [one, other] = [await openWorker(), await openWorker()];
  const first = upstream.connect("one", one.limits.of(CREDENTIAL), 40);
  const second = upstream.connect("other", other.limits.of(CREDENTIAL), 40);
  await second("/before");
  upstream.refuse("/limited");
  await expect(first("/limited")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await one.limits[Symbol.asyncDispose]();
  await expect(second("/held-back")).rejects.toThrow("asked for a pause");
  expect(upstream.log).toEqual(["other /before", "one /limited"]);
});

test("a worker without a declared limit learns pauses too, and others of the credential only their own", async () => {
  const { limits } = await openWorker();
  limits.of(CREDENTIAL).pause(ORIGIN, { scope: "credential", bucket: "GET /users", seconds: 60 });
  limits.of(CREDENTIAL).pause(ORIGIN, { scope: "host", bucket: "", seconds: 30 });
  await limits[Symbol.asyncDispose]();
  const later = (await openWorker()).limits;
  const pausesOf = async (credential: string) =>
    (await later.of(credential).take(call({ perSecond: Infinity }))).map(({ scope, bucket }) => `${scope} ${bucket}`);
  expect((await pausesOf(CREDENTIAL)).toSorted()).toEqual(["credential GET /users", "host "]);
  expect(await pausesOf("another")).toEqual(["host "]);
});

test("a shorter pause that comes later does not end a longer one", async () => {
  const limit = (await openWorker()).limits.of(CREDENTIAL);
  await limit.take(call({ perSecond: Infinity }));
  for (const seconds of [60, 1]) limit.pause(ORIGIN, { scope: "credential", bucket: "", seconds });
  const [pause] = await limit.take(call({ perSecond: Infinity }));
  expect(pause?.seconds).toBeGreaterThan(30);
});

test("a task goes before syncs that have waited longer", async () => {
  const limit = (await openWorker()).limits.of(CREDENTIAL);
  const order: string[] = [];
  const take = async (name: string, priority: number) => {
    await limit.take(call({ priority, perSecond: 20 }));
    order.push(name);
  };
  const syncs = Array.from({ length: 6 }, (_, n) => take(`sync ${n}`, 0));
  await syncs[0];
  const task = take("task", 2);
  await Promise.all([...syncs, task]);
  expect(order.indexOf("task")).toBeLessThan(3);
});

test("many calls share a lease", async () => {
  const { own } = await openWorker();
  let statements = 0;
  const counting = own.kysely.withPlugin({
    transformQuery: ({ node }) => (statements++, node),
    transformResult: async ({ result }) => result,
  });
  await using limits = openLimits(counting, { onError: (error) => errors.push(error), hangsAfterMs: 600_000 });
  const limit = limits.of(CREDENTIAL);
  // One after the other, as most connectors read, and each when its turn comes, however long this machine takes.
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    for (let n = 0; n < 100; n++) {
      await limit.take(call({ perSecond: 500 }));
      vi.advanceTimersByTime(2);
    }
  } finally {
    vi.useRealTimers();
  }
  expect(100 / statements).toBeGreaterThan(2);
});

test("a configured limit applies although the connector declares none", async () => {
  const { limits } = await openWorker();
  const limit = limits.of(CREDENTIAL, { perSecond: 20 });
  const begun = performance.now();
  await Promise.all(Array.from({ length: 11 }, () => limit.take(call({ perSecond: Infinity }))));
  expect(performance.now() - begun).toBeGreaterThan(450);
});

test("while the database is away, a worker uses a part of the limit", async () => {
  const { limits, own } = await openWorker();
  const limit = limits.of(CREDENTIAL);
  await own.close();
  const begun = performance.now();
  await Promise.all(Array.from({ length: 6 }, () => limit.take(call())));
  const took = performance.now() - begun;
  // A quarter of 40 calls a second.
  expect(took).toBeGreaterThan(480);
  // It is asked again every five seconds, if the machine stood still for so long.
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThanOrEqual(1 + took / 5000);
});

test("a call that is aborted leaves the queue", async () => {
  const limit = (await openWorker()).limits.of(CREDENTIAL);
  await limit.take(call({ perSecond: 1 }));
  const gone = new AbortController();
  const waiting = limit.take(call({ perSecond: 1, signal: gone.signal }));
  gone.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
});
