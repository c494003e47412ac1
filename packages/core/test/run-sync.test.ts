import { beforeEach, expect, test } from "vitest";
import { createHttp } from "../src/http/create-http.ts";
import { runSync, SyncError, type Connection } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, CANARY, connectWiki, createWikiApp, failingAfter, type Account } from "./support/wiki.ts";
import { withoutExtensions } from "./support/without-extensions.ts";

const retry = { retries: 2, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
const bridge = await shareBridge();
let appId: string;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
});

const sync = (connection: Connection, more: object = {}) =>
  runSync({ bridge: bridge.client, appId, connection, retry, ...more });

async function activeIds(): Promise<string[]> {
  const records = await bridge.records(appId, "account");
  return records.filter(({ removed_at }) => removed_at === null).map(({ data }) => data.id);
}

test("groups are pushed first, then licenses, then accounts, and the session is completed", async () => {
  const result = await sync(await connectWiki({ accounts: () => accounts(150) }));
  expect(bridge.calls.slice(0, 3)).toEqual(["start", "push team 1", "push seat 1"]);
  expect(bridge.calls.slice(3).sort()).toEqual(["complete", "push account 100", "push account 50"]);
  expect(result).toMatchObject({ status: "completed", missing: [], pushed: { team: 1, seat: 1, account: 150 } });
  expect(await activeIds()).toHaveLength(150);
});

test("an account that disappears upstream becomes inactive", async () => {
  await sync(await connectWiki({ accounts: () => accounts(5) }));
  const { progress } = await sync(await connectWiki({ accounts: () => accounts(4) }));
  expect(progress.find(({ slug }) => slug === "account")).toMatchObject({ removed: 1 });
  expect(await activeIds()).toEqual(["u1", "u2", "u3", "u4"]);
});

test("an upstream failure halfway abandons the session: nobody is removed", async () => {
  await sync(await connectWiki({ accounts: () => accounts(200) }));
  bridge.calls.length = 0;
  await expect(sync(await connectWiki({ accounts: () => failingAfter(150) }))).rejects.toMatchObject({
    name: "SyncError",
    code: "UPSTREAM",
    message: "Wiki returned 500 to GET /users. Nobody was removed.",
  });
  expect(bridge.calls).toEqual(["start", "push team 1", "push seat 1", "push account 100", "abandon"]);
  expect(await activeIds()).toHaveLength(200);
});

test("a part reported missing abandons the session: what was read is kept, nobody is removed", async () => {
  await sync(await connectWiki({ accounts: () => accounts(5) }));
  const connection = await connectWiki({
    accounts: () => [{ id: "new", email: "new@example.com" }],
    afterAccounts: (partial) => partial("guests are hidden"),
  });
  expect(await sync(connection)).toMatchObject({ status: "abandoned", missing: ["account: guests are hidden"] });
  expect((await activeIds()).sort()).toEqual(["new", "u1", "u2", "u3", "u4", "u5"]);
  expect(bridge.calls.at(-1)).toBe("abandon");
});

test("a stop in the middle abandons the session", async () => {
  await sync(await connectWiki({ accounts: () => accounts(300) }));
  const stop = new AbortController();
  const connection = await connectWiki({
    async *accounts() {
      yield* accounts(150);
      stop.abort();
      // A client that ends its list on the signal must not look like the end of the accounts.
    },
  });
  await expect(sync(connection, { signal: stop.signal })).rejects.toMatchObject({ code: "STOPPED" });
  expect(bridge.calls.at(-1)).toBe("abandon");
  expect(bridge.calls.filter((call) => call === "complete")).toHaveLength(1);
  expect(await activeIds()).toHaveLength(300);
});

test("a page that the Bridge refuses abandons the session with the reason", async () => {
  bridge.intercept = (request) =>
    request.url.endsWith("/account/") ? Response.json({ detail: "records[0] is odd" }, { status: 422 }) : undefined;
  await expect(sync(await connectWiki())).rejects.toMatchObject({
    code: "REJECTED",
    message: 'The Bridge refused a page of "account": records[0] is odd. Nobody was removed.',
  });
  expect(bridge.calls.at(-1)).toBe("abandon");
});

const boss = (refs: number): Account => ({
  id: "boss",
  email: "boss@example.com",
  memberships: { team: Array.from({ length: refs }, (_, index) => ({ id: `t${index}` })) },
});

test("an account with more refs than one record takes is pushed in several, in order", async () => {
  let inFlight = 0;
  const inFlightAtContinued: number[] = [];
  bridge.intercept = async (request) => {
    if (!request.url.endsWith("/account/")) return undefined;
    const { records } = (await request.json()) as { records: { continues?: boolean }[] };
    // The account is split at the end of a page: its second record must not overtake the first one.
    if (records[0]?.continues) inFlightAtContinued.push(inFlight);
    inFlight++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    inFlight--;
    return undefined;
  };
  const people = () => [...accounts(99), boss(250), ...[...accounts(400)].slice(200)];
  const result = await sync(await connectWiki({ accounts: people }));
  expect(inFlightAtContinued).toEqual([0]);
  expect(result).toMatchObject({ status: "completed", pushed: { account: 300 } });
  const live = (await bridge.records(appId, "account")).find(({ data }) => data.id === "boss");
  expect(live?.data.memberships?.["team"]).toHaveLength(250);
});

test("if the Bridge does not take continued records, such an account is named and nothing is cut off", async () => {
  await sync(await connectWiki({ accounts: () => accounts(3) }));
  bridge.calls.length = 0;
  withoutExtensions(bridge);
  const result = await sync(await connectWiki({ accounts: () => [boss(101), ...accounts(2)] }));
  expect(result).toMatchObject({
    status: "abandoned",
    missing: [expect.stringContaining('account "boss": memberships.team has 101 refs, and the protocol takes 100')],
  });
  expect(bridge.calls).toEqual(["start", "push team 1", "push seat 1", "push account 2", "abandon"]);
  bridge.intercept = () => undefined;
  expect(await activeIds()).toEqual(["u1", "u2", "u3"]);
});

test("an id that comes twice is reported; in one page the later record wins", async () => {
  const late = { id: "u149", email: "late@example.com" };
  const result = await sync(await connectWiki({ accounts: () => [...accounts(150), late, ...accounts(1)] }));
  expect(result).toMatchObject({ status: "completed", duplicates: { account: 2 } });
  const live = (await bridge.records(appId, "account")).filter(({ data }) => data.id === "u149");
  expect(live).toMatchObject([{ data: { email: "late@example.com" } }]);
});

test("a page whose response was lost is sent again", async () => {
  let lost = 0;
  bridge.intercept = (request) => {
    if (request.method !== "PUT" || lost++ > 0) return undefined;
    throw new TypeError("fetch failed");
  };
  expect(await sync(await connectWiki())).toMatchObject({ status: "completed" });
  expect(bridge.calls.filter((call) => call === "push team 1")).toHaveLength(2);
});

test("a session that a newer one replaced ends the run without touching the newer one", async () => {
  const connection = await connectWiki({
    async *accounts() {
      yield* accounts(100);
      await bridge.client.startSync(appId);
      yield* accounts(250);
    },
  });
  await expect(sync(connection)).rejects.toMatchObject({ code: "SUPERSEDED" });
});

test("a reconciliation held by the removal guard is an error that says what to do", async () => {
  await bridge.client.updateApp(appId, { removal_guard: { max_share: 0, min_count: 1 } });
  await sync(await connectWiki({ accounts: () => accounts(40) }));
  await expect(sync(await connectWiki({ accounts: () => accounts(39) }))).rejects.toMatchObject({ code: "HELD" });
  expect(await activeIds()).toHaveLength(40);
});

test("no more pages are in flight than the window allows, and the reader waits for them", async () => {
  let inFlight = 0;
  let most = 0;
  let read = 0;
  let readAhead = 0;
  let answered = 0;
  bridge.intercept = async (request) => {
    if (request.method !== "PUT") return undefined;
    most = Math.max(most, ++inFlight);
    // Turns, not milliseconds: as many pages come meanwhile, however slow the machine is.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    readAhead = Math.max(readAhead, read - answered * 100);
    inFlight--;
    answered++;
    return Response.json({ total: 100, created: 0, updated: 0 });
  };
  const connection = await connectWiki({
    *accounts() {
      for (const account of accounts(3000)) {
        read++;
        yield account;
      }
    },
  });
  await sync(connection, { pagesInFlight: 3 });
  expect(most).toBe(3);
  // The window, the page that waits for room, ten that are read ahead, and the one that is being filled.
  expect(readAhead).toBeLessThanOrEqual((3 + 1 + 10 + 1) * 100);
});

test("a stop ends a call to the system in flight, even if the connector passes no signal on", async () => {
  const stop = new AbortController();
  let isCalled = () => undefined as void;
  const called = new Promise<void>((resolve) => (isCalled = resolve));
  const connection = await connectWiki({
    async *accounts() {
      const http = createHttp(
        { system: "Wiki", baseUrl: "http://wiki.example.com" },
        {
          fetch: (_url, init) =>
            new Promise((_resolve, reject) => {
              isCalled();
              init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason as Error));
            }),
        },
      );
      yield* await http.request<never[]>({ method: "GET", path: "/users" });
    },
  });
  const run = sync(connection, { signal: stop.signal });
  await called;
  stop.abort();
  await expect(run).rejects.toMatchObject({ code: "STOPPED" });
  expect(bridge.calls.at(-1)).toBe("abandon");
});

test("a stop ends a stream that never yields", async () => {
  const stop = new AbortController();
  const connection = await connectWiki({
    async *accounts() {
      setTimeout(() => stop.abort(), 10);
      yield* accounts(1);
      await new Promise(() => undefined);
    },
  });
  await expect(sync(connection, { signal: stop.signal })).rejects.toMatchObject({ code: "STOPPED" });
});

test("a mistake in a stream is reported with its name and place", async () => {
  const connection = await connectWiki({ accounts: () => (undefined as unknown as () => never[])() });
  await expect(sync(connection)).rejects.toThrow(/^The stream "account" failed: .*run-sync\.test\.ts:\d+:\d+\)/);
});

test("a complete whose response was lost, and whose retry is a conflict, has still completed", async () => {
  let isLost = false;
  bridge.intercept = async (request) => {
    const [, syncId] = /sync\/([^/]+)\/complete\/$/.exec(request.url) ?? [];
    if (syncId === undefined) return undefined;
    if (isLost) return Response.json({ detail: "The session has ended." }, { status: 409 });
    isLost = true;
    const intercept = bridge.intercept;
    bridge.intercept = () => undefined;
    await bridge.client.completeSync(appId, syncId);
    bridge.intercept = intercept;
    throw new TypeError("terminated");
  };
  expect(await sync(await connectWiki())).toMatchObject({ status: "completed" });
});

test("a stop while the session is being completed does not say that nobody was removed", async () => {
  const stop = new AbortController();
  bridge.intercept = (request) => {
    if (!request.url.endsWith("/complete/")) return undefined;
    stop.abort();
    throw new TypeError("fetch failed");
  };
  const run = sync(await connectWiki(), { signal: stop.signal });
  await expect(run).rejects.toMatchObject({ code: "STOPPED", message: expect.stringContaining("may be applying") });
});

test.each([
  ["a plain error", new Error(`the password is ${CANARY}`)],
  ["an error of the runner", new SyncError("UPSTREAM", `the password is ${CANARY}`)],
])("%s thrown by a stream holds no secret", async (_what, thrown) => {
  const people = () => {
    throw thrown;
  };
  const error = (await sync(await connectWiki({ accounts: people })).catch((cause: unknown) => cause)) as Error;
  expect(error.message).toContain("the password is [secret]");
  expect(`${error.stack} ${String(error.cause)}`).not.toContain(CANARY);
});

test("a run of an older generation is refused, and leaves the newer run's session alone", async () => {
  const newer = await bridge.client.startSession(appId, { generation: 5 });
  const connection = await connectWiki({ accounts: () => accounts(3) });
  await expect(sync(connection, { generation: 4 })).rejects.toMatchObject({
    code: "SUPERSEDED",
    message: expect.stringMatching(/^Somebody else syncs this app: A newer run .* by this run\.$/),
  });
  expect(await bridge.client.getSync(appId, newer.syncId)).toMatchObject({ status: "in_progress" });
  expect(await sync(connection, { generation: 6 })).toMatchObject({ status: "completed" });
});
