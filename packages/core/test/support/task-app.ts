import type { Task, TaskAction, TaskPayload } from "@bridgekit/client";
import { createMemoryJournal, runTasks, type Journal, type TaskRunOptions, type TaskRunResult } from "../../src/run.ts";
import type { TestBridge } from "./start-bridge.ts";

export const ACCOUNTS = Array.from({ length: 9 }, (_, n) => `u${n + 1}`);
const FAST = { minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };

export interface TaskApp {
  appId: string;
  create(action: TaskAction, id: string, more?: Omit<TaskPayload, "account">): Promise<Task>;
  read(task: Task): Promise<Task>;
  run(options: Pick<TaskRunOptions, "connection"> & Partial<TaskRunOptions>): Promise<TaskRunResult>;
}

/** An app with accounts `u1` to `u9` and team `t1`; its runs retry within milliseconds. */
export async function createTaskApp(bridge: TestBridge): Promise<TaskApp> {
  const { client } = bridge;
  const appId = (await client.createApp({ name: "Directory" })).id;
  await client.createResourceType(appId, { slug: "account", name: "Person", type: "account" });
  await client.createResourceType(appId, { slug: "team", name: "Team", type: "group" });
  const syncId = await client.startSync(appId);
  await client.pushPage(appId, syncId, "team", [{ id: "t1", name: "Team 1" }]);
  await client.pushPage(
    appId,
    syncId,
    "account",
    ACCOUNTS.map((id) => ({ id, username: id })),
  );
  await client.abandonSync(appId, syncId);
  return {
    appId,
    create: (action, id, more = {}) => client.createTask(appId, { action, payload: { account: { id }, ...more } }),
    read: ({ id }) => client.getTask(appId, id),
    run: (options) =>
      runTasks({
        bridge: client,
        appId,
        journal: createMemoryJournal(),
        retry: { retries: 1, ...FAST },
        taskRetry: FAST,
        verifyDelaySeconds: 0.001,
        ...options,
      }),
  };
}

/** Responds like a Bridge without claims. */
export function withoutClaims(request: Request): Response | undefined {
  return request.method === "POST" && request.url.endsWith("/tasks/claim/")
    ? Response.json({ detail: "Not found." }, { status: 404 })
    : undefined;
}

/** A journal that fails as on a full disk if `isFull` returns true. */
export function fillingUp(journal: Journal, isFull: (state: string) => boolean): Journal {
  return {
    runner: journal.runner,
    get: (taskId) => journal.get(taskId),
    entries: () => journal.entries(),
    async write(entry) {
      if (isFull(entry.state)) throw new Error("ENOSPC: no space left on device, write");
      await journal.write(entry);
    },
  };
}
