import { expect, test } from "vitest";
import type { FleetApp } from "../src/index.ts";
import { keepAppId, keepDeletion } from "../src/state/keep-app-id.ts";
import { openFleetJournal } from "../src/state/open-fleet-journal.ts";
import { openFleetReceipts } from "../src/state/open-fleet-receipts.ts";
import { addApp, beginRun } from "./support/apps.ts";
import { openTestFleet, type TestFleet } from "./support/open-fleet.ts";
import { openTestDatabase } from "./support/open-test-database.ts";

const ONE = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";
const OTHER = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a12";

test("an app that was deleted on the Bridge is seen as such, is tried at its usual time, and a person has it made again", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const app = fleet.toApp({ org, key: "app" });
  const opened: (string | null)[] = [];
  let isDeleted = false;
  const deletable: FleetApp = {
    ...app,
    async open(fedAs) {
      opened.push(fedAs);
      return isDeleted && fedAs !== null ? { deleted: "it is gone" } : app.open();
    },
  };
  await fleet.startWorker([deletable]);
  const state = async () => (await statusOf(fleet)).state;
  await expect.poll(async () => (await statusOf(fleet)).lastSyncEnd).toBe("done");
  const { appId } = await app.open();
  isDeleted = true;
  await fleet.runNow({ keys: ["app"] });
  await expect.poll(state).toBe("deleted");
  const { note, nextRunAt } = await statusOf(fleet);
  expect({ note, isSoon: nextRunAt!.getTime() < Date.now() + 3_000_000 }).toEqual({
    note: "it is gone",
    isSoon: false,
  });
  expect(opened).toEqual([null, appId]);
  expect(await fleet.resume({ keys: ["app"] })).toEqual(["app"]);
  await expect.poll(async () => [await state(), fleet.standIn.of("app").reads.length]).toEqual(["waiting", 2]);
  expect(opened).toEqual([null, appId, null]);
});

async function statusOf(fleet: TestFleet) {
  return (await Array.fromAsync(fleet.apps()))[0]!;
}

test("state of an app that was deleted does not apply to the one in its place", async () => {
  await using database = await openTestDatabase();
  const { kysely } = database;
  const app = await addApp(database);
  const [sync, tasks] = [await beginRun(database, app, "sync"), await beginRun(database, app, "tasks")];
  const fed = () => kysely.selectFrom("apps").select(["bridge_app_id", "deleted_at"]).executeTakeFirstOrThrow();
  const receipts = openFleetReceipts(kysely, sync);
  const count = async () => {
    await using journal = await openFleetJournal(kysely, tasks);
    return [(await Array.fromAsync(receipts.all())).length, [...journal.entries()].length];
  };
  await keepAppId(kysely, "sync", sync, { appId: ONE, fed: await fed() });
  await receipts.write({ status: "completed", types: {} } as never);
  await (await openFleetJournal(kysely, tasks)).write({ taskId: "t1", state: "intent" } as never);
  await keepDeletion(kysely, "sync", sync, ONE);
  expect((await fed()).deleted_at).not.toBeNull();
  await kysely.updateTable("apps").set({ deleted_at: null }).execute();
  await keepDeletion(kysely, "sync", sync, OTHER);
  expect((await fed()).deleted_at).toBeNull();
  await keepAppId(kysely, "sync", sync, { appId: ONE, fed: await fed() });
  expect([await fed(), await count()]).toEqual([{ bridge_app_id: ONE, deleted_at: null }, [1, 1]]);
  await keepAppId(kysely, "sync", sync, { appId: OTHER, fed: await fed() });
  expect([await fed(), await count()]).toEqual([{ bridge_app_id: OTHER, deleted_at: null }, [0, 0]]);
});

test("a run that a newer one has replaced does not say which app is fed", async () => {
  await using database = await openTestDatabase();
  const { kysely } = database;
  const app = await addApp(database);
  const older = await beginRun(database, app, "sync");
  await beginRun(database, app, "sync");
  const fed = { bridge_app_id: null, deleted_at: null };
  await expect(keepAppId(kysely, "sync", older, { appId: ONE, fed })).rejects.toThrow("a newer run has begun");
  await expect(keepDeletion(kysely, "sync", older, ONE)).rejects.toThrow("a newer run has begun");
});
