import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defineConnector, type Logger } from "../src/index.ts";
import {
  createConnection,
  openFileJournal,
  openReceiptFolder,
  registerResourceTypes,
  runSync,
  runTasks,
} from "../src/run.ts";
import { ALL, config, everythingOf, expectClean, SECRETS } from "./support/canary.ts";
import { startBridge } from "./support/start-bridge.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const text = ALL.join(" | ");

async function fail(): Promise<never> {
  throw new TypeError(text);
}

/** A connector that tells its secrets wherever it may tell something. */
const chatterbox = defineConnector({
  name: "chatterbox",
  title: "Chatterbox",
  config,
  resourceTypes: { account: { type: "account", name: "User" } },
  connect: (_config, { http }) => http({ system: "Chatterbox", baseUrl: "http://chatterbox.example.com" }),
  check: async () => [],
  sync: ({ client, partial, logger }) => ({
    async *account() {
      logger.info({ text }, text);
      yield { id: "u1", email: "u1@example.com" };
      yield { id: text, email: text, status: text as "active" };
      partial(text);
      await client.request({ method: "GET", path: "/users" }).catch((error: Error) => partial(error.message));
    },
  }),
  tasks: {
    suspend_account: async () => ({ note: text, account: { id: "u1" }, deep: [{ text }] }),
    delete_account: async () => {
      throw new Error(text);
    },
    async unsuspend_account({ client }) {
      await client.request({ method: "POST", path: `/users/${encodeURIComponent(SECRETS.apiKey)}`, body: { text } });
    },
  },
  verify: { suspend_account: fail, delete_account: fail, unsuspend_account: fail },
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")));
}

test("no secret is in a journal, a receipt, an event, a report, or in what a run answers and logs", async () => {
  await using bridge = await startBridge();
  const { client } = bridge;
  const folder = await temporaryFolder("bridgekit-secrets-");
  const logged: string[] = [];
  const log = (fields: object, message: string) => logged.push(`${everythingOf(fields)} ${message}`);
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const connection = await createConnection(chatterbox, SECRETS, {
    fetch: async () => new Response(text, { status: 500 }),
    logger,
    retry: { retries: 1, minDelaySeconds: 0.001 },
  });
  const { id: appId } = await client.createApp({ name: "Chatterbox" });
  await registerResourceTypes(client, appId, connection.connector);
  const receipts = openReceiptFolder(join(folder, "receipts"));

  const partial = await runSync({ bridge: client, appId, connection, receipts });
  expect(partial).toMatchObject({ status: "abandoned", badRecords: { count: 1 } });
  const failure: unknown = await runSync({
    bridge: client,
    appId,
    connection,
    receipts,
    stopAtFirstBadRecord: true,
  }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "BAD_RECORD" });

  for (const action of ["suspend_account", "unsuspend_account", "delete_account"] as const)
    await client.createTask(appId, { action, payload: { account: { id: "u1" } } });
  const taskRetry = { budgetSeconds: 0 };
  {
    await using journal = await openFileJournal(join(folder, "journal", "tasks.jsonl"));
    const counts = await runTasks({ bridge: client, appId, connection, journal, taskRetry, verifyDelaySeconds: 0.001 });
    expect(counts).toEqual({ completed: 1, failed: 2 });
  }

  const files = await filesIn(folder);
  const tasks = await Array.fromAsync(client.listTasks(appId));
  const sessions = await Array.fromAsync(client.listSyncs(appId));
  const events: unknown[] = [];
  for await (const event of client.streamEvents({ lastEventId: "0", signal: AbortSignal.timeout(300_000) })) {
    events.push(event);
    if (events.filter((one) => (one as { type: string }).type === "task.ended").length === 3) break;
  }
  const seen = [...files, ...logged, ...[partial, failure, tasks, sessions, events].map(everythingOf)].join("\n");
  // It has been said, and masked.
  expect(seen.match(/\[secret\]/g)!.length).toBeGreaterThan(50);
  expect(files.join("\n")).toContain('"state":"reported"');
  expectClean(seen);
});
