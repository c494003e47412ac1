import { beforeEach, expect, test } from "vitest";
import { TaskError } from "../src/index.ts";
import { createMemoryJournal, runTasks, type Connection, type Journal } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { CANARY, connectWiki } from "./support/wiki.ts";

const retry = { retries: 1, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
const bridge = await shareBridge();
let appId: string;

beforeEach(async () => {
  appId = (await bridge.client.createApp({ name: "Wiki" })).id;
  await bridge.client.createResourceType(appId, { slug: "account", name: "User", type: "account" });
  await known(...Array.from({ length: 120 }, (_, n) => `u${n}`), "gone", "bad", "good", "hung", "next");
  bridge.calls.length = 0;
});

/** Makes the accounts known to the Bridge, which creates no task for others. */
async function known(...ids: string[]): Promise<void> {
  const syncId = await bridge.client.startSync(appId);
  for (let first = 0; first < ids.length; first += 100)
    await bridge.client.pushPage(
      appId,
      syncId,
      "account",
      ids.slice(first, first + 100).map((id) => ({ id, username: id })),
    );
  await bridge.client.abandonSync(appId, syncId);
}

const suspendTask = (id = "u1") =>
  bridge.client.createTask(appId, { action: "suspend_account", payload: { account: { id } } });
const run = (connection: Connection, journal: Journal = createMemoryJournal()) =>
  runTasks({ bridge: bridge.client, appId, connection, journal, retry });

/** A connection that records which accounts are suspended. */
async function recording(suspended: string[]): Promise<Connection> {
  return connectWiki({ suspend: async (id) => void suspended.push(id) });
}

test("pending tasks are carried out one after another and reported", async () => {
  const tasks = [await suspendTask("u1"), await suspendTask("u2"), await suspendTask("u3")];
  const suspended: string[] = [];
  expect(await run(await recording(suspended))).toEqual({ completed: 3, failed: 0 });
  expect(suspended).toEqual(["u1", "u2", "u3"]);
  for (const { id } of tasks) expect((await bridge.client.getTask(appId, id)).status).toBe("completed");
});

test("all tasks are carried out if there is more than one list page", async () => {
  for (let n = 0; n < 120; n++) await suspendTask(`u${n}`);
  const suspended: string[] = [];
  await run(await recording(suspended));
  expect(new Set(suspended).size).toBe(120);
});

test("the outcome is in the journal before it is reported", async () => {
  await suspendTask();
  const journal = createMemoryJournal();
  const states: (string | undefined)[] = [];
  bridge.intercept = (request) => {
    if (request.method === "PATCH") states.push([...journal.entries()][0]?.state);
    return undefined;
  };
  await run(await connectWiki({ suspend: async () => void states.push([...journal.entries()][0]?.state) }), journal);
  states.push([...journal.entries()][0]?.state);
  expect(states).toEqual(["intent", "outcome", "reported"]);
});

test("an outcome that could not be reported is reported by the next run, and the task is not executed again", async () => {
  const { id } = await suspendTask();
  const journal = createMemoryJournal();
  const suspended: string[] = [];
  bridge.intercept = ({ method }) => (method === "PATCH" ? new Response("", { status: 503 }) : undefined);
  await expect(run(await recording(suspended), journal)).rejects.toThrow("503");

  bridge.intercept = () => undefined;
  expect(await run(await recording(suspended), journal)).toEqual({ completed: 1, failed: 0 });
  expect(suspended).toEqual(["u1"]);
  expect((await bridge.client.getTask(appId, id)).status).toBe("completed");
});

test("an interrupted task is executed again with the time of the first try", async () => {
  const { id } = await suspendTask();
  const journal = createMemoryJournal();
  await journal.write({ state: "intent", taskId: id, at: "2026-11-01T10:00:00.000Z" });
  let interruptedAt: Date | undefined;
  await run(
    await connectWiki({ suspend: async (_id, context) => void (interruptedAt = context.interruptedAt) }),
    journal,
  );
  expect(interruptedAt).toEqual(new Date("2026-11-01T10:00:00.000Z"));
});

test("a report whose response was lost is sent again, and the 409 that follows ends the task", async () => {
  await suspendTask();
  let lost = 0;
  bridge.intercept = async (request) => {
    if (request.method !== "PATCH" || lost++ > 0) return undefined;
    const [, task] = /tasks\/([^/]+)\/status/.exec(request.url)!;
    bridge.intercept = () => undefined;
    await bridge.client.reportTask(appId, task!, { status: "completed" });
    throw new TypeError("terminated");
  };
  expect(await run(await connectWiki())).toEqual({ completed: 1, failed: 0 });
});

test("a TaskError is reported with its code and message", async () => {
  const { id } = await suspendTask("gone");
  const connection = await connectWiki({
    suspend: async (account) => {
      throw new TaskError("ACCOUNT_NOT_FOUND", `The wiki has no user "${account}".`);
    },
  });
  expect(await run(connection)).toEqual({ completed: 0, failed: 1 });
  expect((await bridge.client.getTask(appId, id)).error).toEqual({
    code: "ACCOUNT_NOT_FOUND",
    message: 'The wiki has no user "gone".',
  });
});

test("an action that the connector does not offer fails with what it offers", async () => {
  const { id } = await bridge.client.createTask(appId, {
    action: "reset_password",
    payload: { account: { id: "u1" } },
  });
  await run(await connectWiki());
  const { error } = await bridge.client.getTask(appId, id);
  expect(error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("it offers suspend_account"),
  });
});

test("an action named like a property of every object is no handler", async () => {
  const { id } = await suspendTask();
  bridge.intercept = async ({ method, url }) => {
    if (method !== "GET" || !url.includes("/tasks/")) return undefined;
    bridge.intercept = () => undefined;
    const task = { ...(await bridge.client.getTask(appId, id)), action: "constructor" };
    return Response.json({ results: [task], next: null });
  };
  expect(await run(await connectWiki())).toEqual({ completed: 0, failed: 1 });
  expect((await bridge.client.getTask(appId, id)).error?.message).toContain("does not offer constructor");
});

test("reports contain no secret of the config", async () => {
  const { id } = await suspendTask();
  const connection = await connectWiki({
    suspend: async () => {
      throw new Error(`login with ${CANARY} failed`);
    },
  });
  await run(connection);
  expect((await bridge.client.getTask(appId, id)).error).toEqual({
    code: "INTERNAL_ERROR",
    message: "login with [secret] failed",
  });
});

test("a stop lets the task in flight end and starts no other", async () => {
  await suspendTask("u1");
  const second = await suspendTask("u2");
  const stop = new AbortController();
  const connection = await connectWiki({ suspend: async () => stop.abort() });
  const options = { bridge: bridge.client, appId, connection, journal: createMemoryJournal(), retry };
  expect(await runTasks({ ...options, signal: stop.signal })).toEqual({ completed: 1, failed: 0 });
  expect((await bridge.client.getTask(appId, second.id)).status).toBe("pending");
});

test("a failed poll does not end a run that goes on until it is stopped", async () => {
  await suspendTask();
  const stop = new AbortController();
  let polls = 0;
  bridge.intercept = ({ method }) => (method === "GET" && polls++ < 3 ? new Response("", { status: 502 }) : undefined);
  const connection = await connectWiki();
  const options = { bridge: bridge.client, appId, connection, journal: createMemoryJournal(), retry };
  const onOutcome = () => stop.abort();
  const counts = await runTasks({ ...options, signal: stop.signal, until: "stopped", pollSeconds: 0.01, onOutcome });
  expect(counts).toEqual({ completed: 1, failed: 0 });
});

test.each([
  {
    name: "a number as id",
    result: { account: { id: 4711 as unknown as string } },
    says: "account.id must be a string",
  },
  { name: "more than 16 KiB", result: { note: "x".repeat(20_000) }, says: "the protocol takes 16384" },
  { name: "a value that JSON can't hold", result: { count: 1n }, says: "BigInt" },
  { name: "a NUL", result: { note: "a\0b" }, says: "the Bridge refused the outcome that the connector reported" },
])("a result with $name fails its task and blocks no other", async ({ result, says }) => {
  const bad = await suspendTask("bad");
  const good = await suspendTask("good");
  const connection = await connectWiki({ suspend: async (id) => (id === "bad" ? result : {}) });
  await run(connection);
  expect((await bridge.client.getTask(appId, bad.id)).error?.message).toContain(says);
  expect((await bridge.client.getTask(appId, good.id)).status).toBe("completed");
});

test.each([
  { name: "empty", message: "" },
  { name: "with a NUL", message: "a\0b" },
  { name: "truncated in the middle of an emoji", message: `${"x".repeat(8191)}😀` },
])("a failure whose message is $name is reported", async ({ message }) => {
  const { id } = await suspendTask();
  const connection = await connectWiki({
    suspend: async () => {
      throw new TaskError("PERMISSION_DENIED", message);
    },
  });
  expect(await run(connection)).toEqual({ completed: 0, failed: 1 });
  expect((await bridge.client.getTask(appId, id)).error?.code).toBe("PERMISSION_DENIED");
});

test("a handler that ignores its signal ends with TIMEOUT, and the next task is carried out", async () => {
  const hung = await suspendTask("hung");
  const next = await suspendTask("next");
  const connection = await connectWiki({
    suspend: (id) => (id === "hung" ? new Promise(() => undefined) : Promise.resolve()),
  });
  await runTasks({
    bridge: bridge.client,
    appId,
    connection,
    journal: createMemoryJournal(),
    taskTimeoutSeconds: 0.5,
  });
  expect((await bridge.client.getTask(appId, hung.id)).error?.code).toBe("TIMEOUT");
  expect((await bridge.client.getTask(appId, next.id)).status).toBe("completed");
});

test("a task is not executed again by the same run if the journal failed to write its outcome", async () => {
  await suspendTask();
  const memory = createMemoryJournal();
  const journal = { ...memory };
  const write: typeof journal.write = (entry) => memory.write(entry);
  let failures = 2;
  journal.write = async (entry) => {
    if (entry.state === "outcome" && failures-- > 0) throw new Error("ENOSPC: no space left on device");
    await write(entry);
  };
  const suspended: string[] = [];
  const stop = new AbortController();
  const options = { bridge: bridge.client, appId, connection: await recording(suspended), journal, retry };
  await runTasks({
    ...options,
    signal: stop.signal,
    until: "stopped",
    pollSeconds: 0.01,
    onOutcome: () => stop.abort(),
  });
  expect(suspended).toEqual(["u1"]);
});

test("a list that still shows an ended task is not requested again at once", async () => {
  const { id } = await suspendTask();
  const task = await bridge.client.getTask(appId, id);
  let polls = 0;
  bridge.intercept = ({ method, url }) => {
    if (method !== "GET" || !url.includes("status=pending")) return undefined;
    polls++;
    return Response.json({ tasks: [task], next: null });
  };
  expect(await run(await connectWiki())).toEqual({ completed: 1, failed: 0 });
  expect(polls).toBe(2);
});

test("a mistake in a handler is reported with its location", async () => {
  const { id } = await suspendTask();
  const connection = await connectWiki({ suspend: async () => void (undefined as unknown as string[]).length });
  await run(connection);
  expect((await bridge.client.getTask(appId, id)).error?.message).toMatch(
    /^The handler of suspend_account failed: Cannot read properties of undefined.*run-tasks\.test\.ts:\d+:\d+\)$/,
  );
});
