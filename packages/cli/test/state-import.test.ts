import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { openFileJournal } from "@bridgekit/core/run";
import { openDatabase } from "@bridgekit/fleet";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { createDatabase, startPostgres } from "@bridgekit/test-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";
import { shared, writeOfficeConfig } from "./support/write-config.ts";

let server: TestBridge;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await createTestBridge();
  postgres = await startPostgres();
}, 60_000);
afterAll(async () => {
  await server.close();
  await postgres.stop();
});

test("the state of a config moves into the fleet's database, once, and only if no process uses it", async () => {
  const { url, drop } = await createDatabase(postgres.url);
  const org = await server.openOrg();
  const env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey, FLEET_DATABASE_URL: url };
  const config = await writeOfficeConfig({});
  shared.office = { accounts: () => ["u1", "u2"].map((id) => ({ id, email: `${id}@example.com` })) };
  const command = (...args: string[]) => runInProcess([...args, "--config", config], { env, fetch: org.fetch });

  const folder = join(dirname(config), ".bridge");
  expect(await command("state", "import")).toMatchObject({
    code: 0,
    stdout: `office: its state is not in ${folder}\n`,
  });
  await command("sync");
  const { value: app } = await org.client.listApps().next();
  {
    await using inUse = await openFileJournal(join(folder, "journal", `${app!.id}.jsonl`));
    expect(inUse.runner).not.toBe("");
    const { code, stderr } = await command("state", "import");
    expect([code, stderr]).toEqual([1, expect.stringContaining("office: nothing was imported: The journal ")]);
    expect(stderr).toContain("is in use by process");
  }
  const first = await command("state", "import");
  expect(first).toEqual({
    code: 0,
    stdout: "office: imported 0 tasks and 1 receipts; the guard compares with 2 records\n",
    stderr: "",
  });
  // Two runners with one journal would carry out a task twice.
  const refused = await command("tasks", "run");
  expect([refused.code, refused.stderr]).not.toEqual([0, ""]);
  expect(refused.stdout + refused.stderr).toContain("The journal of this app was moved into a fleet");
  const { stdout } = await command("state", "import", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ app: "office", status: "known" });
  await drop();
});

test("the journal is out of reach of other runners before its state moves, and back if it does not", async () => {
  const { url, drop } = await createDatabase(postgres.url);
  const org = await server.openOrg();
  const env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey, FLEET_DATABASE_URL: url };
  const config = await writeOfficeConfig({});
  const command = (...args: string[]) => runInProcess([...args, "--config", config], { env, fetch: org.fetch });
  await command("sync");
  const { value: app } = await org.client.listApps().next();
  const marker = join(dirname(config), ".bridge", "journal", `${app!.id}.moved`);
  const fleet = await openDatabase({ url, connections: 2, onError: () => {} });
  const { importing } = await fleet.kysely.transaction().execute(async (transaction) => {
    // Locks the table until the end, and then it is gone.
    await transaction.schema.withSchema("fleet").alterTable("apps").renameTo("renamed").execute();
    const started = command("state", "import");
    await expect.poll(() => existsSync(marker)).toBe(true);
    return { importing: started };
  });
  expect(await importing).toMatchObject({ code: 1 });
  expect(existsSync(marker)).toBe(false);
  expect((await command("tasks", "run")).code).toBe(0);
  await fleet.close();
  await drop();
});

test("without the address of the database it says what is missing", async () => {
  const config = await writeOfficeConfig({});
  const env = { BRIDGE_URL: "http://bridge.example.com/org/a", BRIDGE_API_KEY: "key" };
  const { code, stderr } = await runInProcess(["state", "import", "--config", config], { env });
  expect([code, stderr]).toEqual([2, expect.stringContaining("FLEET_DATABASE_URL is missing")]);
});
