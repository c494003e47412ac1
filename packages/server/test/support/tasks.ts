import type { components } from "@bridgekit/client";
import { accounts, type ApiResponse, type Api } from "./api.ts";

type Schemas = components["schemas"];

interface Waiting {
  /** Seconds. */
  wait?: number | undefined;
  signal?: AbortSignal;
}

/** Helpers for the tasks of one app; it knows the accounts u0 to u9, the group g1 and the license s1. */
export async function createTaskApp(api: Api) {
  const app = await api.createApp();
  await api.sync(app, [
    ["team", [{ id: "g1", name: "Design" }]],
    ["seat", [{ id: "s1", name: "Pro" }]],
    ["account", accounts(10)],
  ]);
  const path = `/apps/${app}/tasks/`;
  const init = (method: string, { wait, signal }: Waiting, body?: object): RequestInit => ({
    method,
    ...(signal && { signal }),
    ...(body && { body: JSON.stringify(body) }),
    headers: {
      ...(body && { "content-type": "application/json" }),
      ...(wait !== undefined && { prefer: `wait=${wait}` }),
    },
  });

  return {
    app,

    async create(account: string, more: object = {}): Promise<Schemas["Task"]> {
      const task = { action: "suspend_account", payload: { account: { id: account } }, ...more };
      const { status, body } = await api.call("POST", path, task);
      if (status !== 201) throw new Error(`${status}: ${body.detail}`);
      return body;
    },

    async report(id: string, body: object = { status: "completed" }): Promise<ApiResponse> {
      return api.call("PATCH", `${path}${id}/status/`, body);
    },

    async read(id: string): Promise<Schemas["TaskWithHistory"]> {
      return (await api.call("GET", `${path}${id}/`)).body;
    },

    cancel: (id: string) => api.call("DELETE", `${path}${id}/`),

    list: (query = "", waiting: Waiting = {}): Promise<ApiResponse<Schemas["TaskList"]>> =>
      api.send("GET", `${path}${query}`, init("GET", waiting)),

    claim: (runner: string, more: object = {}, waiting: Waiting = {}): Promise<ApiResponse<Schemas["ClaimedTasks"]>> =>
      api.send("POST", `${path}claim/`, init("POST", waiting, { runner, ...more })),

    /** Ids of the claimed tasks. */
    async claimed(runner: string, more: object = {}, waiting: Waiting = {}): Promise<string[]> {
      const { status, body } = await this.claim(runner, more, waiting);
      if (status !== 200) throw new Error(`a claim returned ${status}`);
      return body.tasks.map(({ id }) => id);
    },
  };
}

export type TaskApp = Awaited<ReturnType<typeof createTaskApp>>;
