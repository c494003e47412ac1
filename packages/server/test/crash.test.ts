import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createBridge } from "../src/index.ts";
import { accounts, createApi, progressOf } from "./support/api.ts";
import { createDatabase } from "./support/open-bridge.ts";

interface Session {
  org: string;
  app: string;
  syncId: string;
}

const CHILD = fileURLToPath(new URL("support/crash-child.ts", import.meta.url));

/** Runs a Bridge in another process and kills it once it has printed `until`. */
async function crash(
  dataDir: string,
  mode: "push" | "complete",
  until: (line: { acknowledged?: number; completed?: boolean }) => boolean,
): Promise<{ session: Session; acknowledged: number }> {
  const child = spawn(process.execPath, [CHILD, dataDir, mode], { stdio: ["ignore", "pipe", "inherit"] });
  let session: Session | undefined;
  let acknowledged = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text);
    session ??= line;
    acknowledged = Math.max(acknowledged, line.acknowledged ?? 0);
    if (child.exitCode === null && until(line)) await kill(child);
  }
  if (session === undefined) throw new Error("The child said nothing.");
  return { session, acknowledged };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

test("acknowledged pages survive kill -9, and the session continues", async () => {
  const { database, drop } = await createDatabase("pglite");
  const dataDir = "dataDir" in database ? (database.dataDir ?? "") : "";
  const { session, acknowledged } = await crash(dataDir, "push", (line) => (line.acknowledged ?? 0) >= 1_500);
  {
    await using bridge = await createBridge({ database });
    const api = await createApi(bridge, { org: session.org });
    const found = await api.session(session.app, session.syncId);
    expect(found.status).toBe("in_progress");
    const staged = progressOf(found, "account")?.synced_count ?? 0;
    expect(staged).toBeGreaterThanOrEqual(acknowledged);
    expect(await api.data(session.app, "account")).toEqual([]);
    await api.push(session.app, session.syncId, "account", accounts(1));
    await api.complete(session.app, session.syncId);
    await bridge.whenReconciled();
    const reconciled = await api.session(session.app, session.syncId);
    expect(progressOf(reconciled, "account")).toMatchObject({ synced_count: staged, created: staged });
  }
  await drop();
});

test("a session that was completed before kill -9 is reconciled once, completely, by the next start", async () => {
  const { database, drop } = await createDatabase("pglite");
  const dataDir = "dataDir" in database ? (database.dataDir ?? "") : "";
  const { session } = await crash(dataDir, "complete", (line) => line.completed === true);
  {
    await using bridge = await createBridge({ database });
    await bridge.whenReconciled();
    const api = await createApi(bridge, { org: session.org });
    const reconciled = await api.session(session.app, session.syncId);
    expect(reconciled.status).toBe("completed");
    expect(progressOf(reconciled, "account")).toMatchObject({ synced_count: 2_000, created: 2_000, removed: 0 });
    expect((await api.call("GET", `/apps/${session.app}/`)).body).toMatchObject({ configuration_status: "CONFIGURED" });
  }
  await drop();
});
