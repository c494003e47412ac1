import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { pino } from "pino";
import { createBridge } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { createDatabase, DATABASES, openBridge } from "./support/open-bridge.ts";
import { createTaskApp, type TaskApp } from "./support/tasks.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

/** After this time a waiting request looks by itself. Here it never does, so only what should wake it can. */
const LONGEST_REST_MS = 15_000;
/** A scheduled task comes due after this time, which is longer than a machine stands still. Here it passes at once. */
const DUE_MS = 14_000;
const { setTimeout: startTimer } = globalThis;
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs);
beforeAll(() => {
  vi.stubGlobal("setTimeout", (run: () => void, milliseconds = 0) => {
    const isUntilDue = milliseconds > DUE_MS - 1000 && milliseconds <= DUE_MS;
    return startTimer(run, isUntilDue ? 50 : milliseconds === LONGEST_REST_MS ? 3_600_000 : milliseconds);
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const WAIT = { wait: 60 };
const soon = () => new Promise((resolve) => setTimeout(resolve, 150));

describe.each(DATABASES)("waiting for tasks on %s", async (kind) => {
  let tasks: TaskApp;
  const { api } = await setUpBridge(kind, { now });
  beforeEach(async () => {
    tasks = await createTaskApp(api);
  });

  test("a poll for pending tasks gets its response as soon as there is one", async () => {
    const polls = Promise.all([1, 2, 3].map(() => tasks.list("?status=pending", WAIT)));
    await soon();
    const { id } = await tasks.create("u0");
    for (const { body, headers } of await polls) {
      expect(body).toMatchObject({ tasks: [{ id }], count: 1 });
      expect(headers.get("preference-applied")).toBe("wait=60");
    }
  });

  test("a poll gets its response at once if a task is pending, and an empty one when the time is over", async () => {
    expect(await tasks.list("?status=pending", { wait: 1 })).toMatchObject({
      status: 200,
      body: { tasks: [], count: 0, next: null, previous: null },
    });
    await tasks.create("u0");
    expect((await tasks.list("?status=pending", { wait: 60 })).body.count).toBe(1);
  });

  test("only a poll for pending tasks waits", async () => {
    for (const query of ["", "?status=scheduled", "?status=failed"]) {
      const { headers } = await tasks.list(query, { wait: 60 });
      expect(headers.has("preference-applied"), query).toBe(false);
    }
    const { headers } = await tasks.claim("r1", { task_ids: [crypto.randomUUID()] }, { wait: 60 });
    expect(headers.has("preference-applied")).toBe(false);
  });

  test("waiting runners get tasks one by one, as they come", async () => {
    const claims = ["r1", "r2", "r3"].map((runner) => tasks.claimed(runner, {}, WAIT));
    await soon();
    const created = await Promise.all(["u0", "u1", "u2"].map((account) => tasks.create(account)));
    const got = (await Promise.all(claims)).flat();
    expect(got.toSorted()).toEqual(created.map(({ id }) => id).toSorted());
  });

  test("a scheduled task wakes waiting runners when it comes due", async () => {
    const polls = Promise.all([1, 2].map(() => tasks.list("?status=pending", WAIT)));
    await soon();
    const schedule = async (account: string) => {
      const task = await tasks.create(account, { execute_after: new Date(now().getTime() + DUE_MS).toISOString() });
      expect(task.status).toBe("scheduled");
      aheadMs += DUE_MS;
      return task;
    };
    const polled = await schedule("u0");
    for (const { body } of await polls) expect(body.tasks).toMatchObject([{ id: polled.id, status: "pending" }]);

    await tasks.report(polled.id);
    const claim = tasks.claimed("r1", {}, WAIT);
    const claimed = await schedule("u1");
    expect(await claim).toEqual([claimed.id]);
  });

  test("an expired lease wakes waiting runners", async () => {
    const { id } = await tasks.create("u0");
    await tasks.claim("dead", { lease_seconds: 1 });
    const poll = tasks.list("?status=pending", WAIT);
    expect(await tasks.claimed("r1", { lease_seconds: 1 }, WAIT)).toEqual([id]);
    expect((await poll).body.tasks).toMatchObject([{ id }]);
  });

  test("the end of a task makes the next one of its account available to a waiting runner", async () => {
    const first = await tasks.create("u0");
    const second = await tasks.create("u0");
    await tasks.claim("r1");
    const claim = tasks.claimed("r2", {}, WAIT);
    await soon();
    await tasks.report(first.id);
    expect(await claim).toEqual([second.id]);
  });

  test("a client that has gone takes nothing", async () => {
    const gone = new AbortController();
    const claim = tasks.claimed("gone", {}, { wait: 60, signal: gone.signal });
    await soon();
    gone.abort();
    expect(await claim).toEqual([]);
    const { id } = await tasks.create("u0");
    expect(await tasks.claimed("r1", {}, WAIT)).toEqual([id]);
  });

  test("a waiting request holds no connection to the database", async () => {
    const gone = new AbortController();
    const waits = Array.from({ length: 30 }, (_, n) => tasks.claim(`r${n}`, {}, { wait: 60, signal: gone.signal }));
    await soon();
    await Promise.all(Array.from({ length: 30 }, () => tasks.list()));
    gone.abort();
    // Those whose turn had not come are dropped.
    expect((await Promise.all(waits)).flatMap(({ body }) => body?.tasks ?? [])).toEqual([]);
  });

  test("a stopping Bridge responds to waiting requests", async () => {
    const stopping = await openBridge(kind);
    const waiting = await createTaskApp(await createApi(stopping));
    const responses = Promise.all([
      waiting.claim("r1", {}, { wait: 60 }),
      waiting.list("?status=pending", { wait: 60 }),
    ]);
    await soon();
    await stopping.close();
    expect((await responses).map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe.each(["postgres", "citus", "yugabytedb", "cockroachdb"] as const)(
  "two Bridges on one database, configured as %s",
  (backend) => {
    test("a task that is created through one wakes a runner that waits at the other", async () => {
      const { database, drop } = await createDatabase("postgres");
      const options = { database: { ...database, backend } as typeof database, logger: pino({ level: "silent" }) };
      const first = await createBridge(options);
      const second = await createBridge(options);
      try {
        const api = await createApi(first);
        const tasks = await createTaskApp(api);
        const { body } = await (await createApi(second, { org: api.slug })).call("GET", `/apps/${tasks.app}/`);
        expect(body.id).toBe(tasks.app);
        const away = await createApi(second, { org: api.slug });
        const claim = away.send("POST", `/apps/${tasks.app}/tasks/claim/`, {
          body: JSON.stringify({ runner: "r1" }),
          headers: { "content-type": "application/json", prefer: "wait=60" },
        });
        await soon();
        const { id } = await tasks.create("u0");
        expect((await claim).body.tasks).toMatchObject([{ id }]);
      } finally {
        await first.close();
        await second.close();
        await drop();
      }
    });
  },
);
