import createFetchClient from "openapi-fetch";
import { ApiError, isApiError } from "./api-error.ts";
import type * as models from "./models.ts";
import type { paths } from "./openapi.ts";
import { type EventOptions, followEvents, type ReceivedEvent } from "./follow-events.ts";
import { followPages, readRows } from "./follow-pages.ts";
import { readError } from "./read-error.ts";
import { UnreachableError } from "./unreachable-error.ts";

export interface ClientOptions {
  /** Base URL of the organisation, such as `https://bridge.example.com/org/acme`. */
  baseUrl: string;
  /** API key, without its scheme. */
  apiKey: string;
  fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface WaitOptions extends CallOptions {
  /** Seconds, 60 at the most, that the Bridge may hold its answer back until there is a task. */
  waitSeconds?: number;
}

/** Only a list of `pending` tasks waits, and only for its first page. */
export interface TaskFilter extends WaitOptions {
  status?: models.TaskStatus;
  /** Rows in each page that is fetched; all pages are followed. */
  pageSize?: number;
}

export interface RecordFilter extends CallOptions {
  status?: models.RecordStatus;
  /** Rows in each page that is fetched; all pages are followed. */
  pageSize?: number;
}

export type BridgeClient = ReturnType<typeof createClient>;

/**
 * The Bridge API as functions, one for each operation. An answer that is no success is thrown as `ApiError`, no whole
 * answer at all as `UnreachableError`.
 *
 * @example
 * const bridge = createClient({ baseUrl: "https://bridge.example.com/org/acme", apiKey });
 * for await (const task of bridge.listTasks(app.id, { status: "pending" })) console.log(task.action);
 */
export function createClient({ baseUrl, apiKey, fetch = globalThis.fetch }: ClientOptions) {
  const base = baseUrl.replace(/\/+$/, "");
  const headers = { authorization: `Api-Key ${apiKey}`, accept: "application/json" };
  const api = createFetchClient<paths>({ baseUrl: base, headers, fetch: (request) => fetch(request) });
  api.use({
    async onResponse({ request, response }) {
      if (!response.ok) throw await readError(request, response);
      return undefined;
    },
  });

  /** Fetches a link that the Bridge itself handed out; never sends the key to another host. */
  async function getLink(link: string, { signal }: CallOptions): Promise<unknown> {
    const url = new URL(link, `${base}/`);
    // Behind a proxy the Bridge may not know its own public address: only path and query of a link are followed.
    const own = new URL(base);
    url.protocol = own.protocol;
    url.host = own.host;
    const request = new Request(url, { headers, ...(signal && { signal }) });
    return reach(async () => {
      const response = await fetch(request);
      if (!response.ok) throw await readError(request, response);
      return response.json();
    });
  }

  async function openEvents(lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
    const request = new Request(`${base}/api/v1/bridge/events/`, {
      headers: {
        ...headers,
        accept: "text/event-stream",
        ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
      },
      signal,
    });
    return reach(async () => {
      const response = await fetch(request);
      if (!response.ok) throw await readError(request, response);
      return response;
    });
  }

  async function reach<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isApiError(error) || (error instanceof Error && error.name === "AbortError")) throw error;
      throw new UnreachableError(base, error);
    }
  }

  async function unwrap<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
    const { data, response } = await reach(() => call);
    if (data === undefined) throw new ApiError(response.url, response.status, "the answer has no body");
    return data;
  }

  const appPath = (appId: string) => ({ app_id: appId });
  const syncPath = (appId: string, syncId: string) => ({ app_id: appId, sync_id: syncId });

  return {
    baseUrl: base,

    listApps: ({ signal }: CallOptions = {}): AsyncGenerator<models.App> =>
      followPages(
        () => unwrap(api.GET("/api/v1/bridge/apps/", { params: { query: { limit: 100 } }, signal })),
        (link) => getLink(link, { signal }),
        ["apps", "results"],
      ),

    createApp: (app: models.AppCreate, { signal }: CallOptions = {}): Promise<models.App> =>
      unwrap(api.POST("/api/v1/bridge/apps/", { body: app, signal })),

    getApp: (appId: string, { signal }: CallOptions = {}): Promise<models.App> =>
      unwrap(api.GET("/api/v1/bridge/apps/{app_id}/", { params: { path: appPath(appId) }, signal })),

    updateApp: (appId: string, changes: models.AppUpdate, { signal }: CallOptions = {}): Promise<models.App> =>
      unwrap(api.PATCH("/api/v1/bridge/apps/{app_id}/", { params: { path: appPath(appId) }, body: changes, signal })),

    listResourceTypes: async (appId: string, { signal }: CallOptions = {}): Promise<models.ResourceType[]> => {
      const path = appPath(appId);
      const answer: unknown = await unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/resource-types/", { params: { path }, signal }),
      );
      return readRows(answer, ["resource_types", "results"]) as models.ResourceType[];
    },

    createResourceType: (
      appId: string,
      resourceType: models.ResourceType,
      { signal }: CallOptions = {},
    ): Promise<models.ResourceType> => {
      const params = { path: appPath(appId) };
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/resource-types/", { params, body: resourceType, signal }));
    },

    /** Answers the id of the new session. */
    startSync: async (appId: string, { signal }: CallOptions = {}): Promise<string> => {
      const params = { path: appPath(appId) };
      const answer = await unwrap(api.POST("/api/v1/bridge/apps/{app_id}/sync/", { params, signal }));
      return answer.sync_id;
    },

    pushPage: (
      appId: string,
      syncId: string,
      slug: string,
      records: readonly models.PushedRecord[],
      { signal }: CallOptions = {},
    ): Promise<models.PageResult> =>
      unwrap(
        api.PUT("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/{slug}/", {
          params: { path: { ...syncPath(appId, syncId), slug } },
          body: { records } as { records: models.AccountRecord[] },
          signal,
        }),
      ),

    completeSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      await reach(() =>
        api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/complete/", { params, signal, parseAs: "text" }),
      );
    },

    abandonSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      await reach(() => api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/abandon/", { params, signal }));
    },

    confirmSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<models.SyncSession> => {
      const params = { path: syncPath(appId, syncId) };
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/confirm/", { params, signal }));
    },

    discardSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      await reach(() => api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/discard/", { params, signal }));
    },

    getSync: (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<models.SyncSession> =>
      unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/", {
          params: { path: syncPath(appId, syncId) },
          signal,
        }),
      ),

    listRecords: (
      appId: string,
      slug: string,
      { status, pageSize = 100, signal }: RecordFilter = {},
    ): AsyncGenerator<models.LiveRecord> =>
      followPages(
        () =>
          unwrap(
            api.GET("/api/v1/bridge/apps/{app_id}/records/{slug}/", {
              params: { path: { app_id: appId, slug }, query: { status, limit: pageSize } },
              signal,
            }),
          ),
        (link) => getLink(link, { signal }),
        ["records"],
      ),

    getRecord: (appId: string, slug: string, id: string, { signal }: CallOptions = {}): Promise<models.LiveRecord> =>
      unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/", {
          params: { path: { app_id: appId, slug, record_id: id } },
          signal,
        }),
      ) as Promise<models.LiveRecord>,

    /** Reads `tasks` as well as `results`: the published guide and reference differ. */
    listTasks: (
      appId: string,
      { status, pageSize, waitSeconds, signal }: TaskFilter = {},
    ): AsyncGenerator<models.Task> =>
      followPages(
        () =>
          unwrap(
            api.GET("/api/v1/bridge/apps/{app_id}/tasks/", {
              params: {
                path: appPath(appId),
                query: { status, limit: pageSize },
                header: toPreference(waitSeconds),
              },
              signal,
            }),
          ),
        (link) => getLink(link, { signal }),
        ["tasks", "results"],
      ),

    createTask: (appId: string, task: models.TaskCreate, { signal }: CallOptions = {}): Promise<models.Task> =>
      unwrap(api.POST("/api/v1/bridge/apps/{app_id}/tasks/", { params: { path: appPath(appId) }, body: task, signal })),

    /** Leases pending tasks to one runner; none where nothing is pending. */
    claimTasks: async (
      appId: string,
      claim: models.TaskClaim,
      { waitSeconds, signal }: WaitOptions = {},
    ): Promise<models.Task[]> => {
      const params = { path: appPath(appId), header: toPreference(waitSeconds) };
      const answer = await unwrap(
        api.POST("/api/v1/bridge/apps/{app_id}/tasks/claim/", {
          params,
          body: claim as Required<models.TaskClaim>,
          signal,
        }),
      );
      return answer.tasks;
    },

    getTask: (appId: string, taskId: string, { signal }: CallOptions = {}): Promise<models.TaskWithHistory> =>
      unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/tasks/{task_id}/", {
          params: { path: { app_id: appId, task_id: taskId } },
          signal,
        }),
      ),

    /** The task ends as `failed`; a runner that has it in hand learns so when it reports. */
    cancelTask: async (appId: string, taskId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { app_id: appId, task_id: taskId } };
      await reach(() => api.DELETE("/api/v1/bridge/apps/{app_id}/tasks/{task_id}/", { params, signal }));
    },

    reportTask: async (
      appId: string,
      taskId: string,
      report: models.TaskReport,
      { signal }: CallOptions = {},
    ): Promise<models.Task | undefined> => {
      const params = { path: { app_id: appId, task_id: taskId } };
      const path = "/api/v1/bridge/apps/{app_id}/tasks/{task_id}/status/";
      // That it was taken is what counts; a Bridge that answers nothing more has taken it all the same.
      const { data } = await reach(() => api.PATCH(path, { params, body: report, signal }));
      return data;
    },

    /**
     * Follows what happens in the organisation, from now on or after `lastEventId`. Where the stream breaks off it is
     * opened again and goes on after the last event, until the signal aborts. Throws where the first opening fails, and
     * where the Bridge refuses the key later on.
     */
    streamEvents: (options: EventOptions = {}): AsyncGenerator<ReceivedEvent> => followEvents(openEvents, options),
  };
}

function toPreference(waitSeconds: number | undefined): { Prefer?: string } {
  return waitSeconds === undefined ? {} : { Prefer: `wait=${waitSeconds}` };
}
