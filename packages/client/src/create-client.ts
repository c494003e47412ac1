import {
  createCaller,
  readExtensions,
  toIdempotencyHeader,
  type CallOptions,
  type ClientOptions,
  type CreateOptions,
} from "./caller.ts";
import { type EventOptions, followEvents, type ReceivedEvent } from "./follow-events.ts";
import { readRows } from "./follow-pages.ts";
import { createKeyCalls } from "./key-calls.ts";
import type * as models from "./models.ts";
import { createPeopleCalls } from "./people-calls.ts";
import { createRecordCalls, type RecordKey } from "./record-calls.ts";
import { createRunnerCalls } from "./runner-calls.ts";
import { createTaskCalls } from "./task-calls.ts";

/** A sync session that was just started. */
export interface StartedSession {
  syncId: string;
  extensions: readonly string[];
}

/** Options of the start of a session. */
export interface StartOptions extends CreateOptions {
  /**
   * The number of this run, larger for each later run of the app: the Bridge refuses a start that is older than the newest
   * one (409). Without it starts are not fenced.
   */
  generation?: number;
}

interface AppRead {
  app: models.App;
  extensions: readonly string[];
}

export type BridgeClient = ReturnType<typeof createClient>;

/**
 * Creates a client with one function per operation of the Bridge API. Throws `ApiError` if the response is not a success,
 * and `UnreachableError` if there is no complete response.
 *
 * @example
 * const bridge = createClient({ baseUrl: "https://bridge.example.com/org/acme", apiKey });
 * for await (const task of bridge.listTasks(app.id, { status: "pending" })) console.log(task.action);
 */
export function createClient(options: ClientOptions) {
  const caller = createCaller(options);
  const { base, api, done, unwrap, list, pushBody, openEvents } = caller;

  const appPath = (appId: string) => ({ app_id: appId });
  const syncPath = (appId: string, syncId: string) => ({ app_id: appId, sync_id: syncId });

  async function startSession(appId: string, options: StartOptions = {}): Promise<StartedSession> {
    const { signal, generation } = options;
    const fence = generation === undefined ? {} : { "X-Bridge-Generation": generation };
    const params = { path: appPath(appId), header: { ...toIdempotencyHeader(options), ...fence } };
    const call = api.POST("/api/v1/bridge/apps/{app_id}/sync/", { params, signal });
    const { sync_id: syncId } = await unwrap(call);
    return { syncId, extensions: readExtensions((await call).response) };
  }

  async function readApp(appId: string, { signal }: CallOptions = {}): Promise<AppRead> {
    const call = api.GET("/api/v1/bridge/apps/{app_id}/", { params: { path: appPath(appId) }, signal });
    const app = await unwrap(call);
    return { app, extensions: readExtensions((await call).response) };
  }

  return {
    baseUrl: base,

    /** The calls of the contract as they are, such as one page of a list; a response with an error status throws `ApiError`. */
    api,

    /** Oldest first; with `cloneGroup` only those of a clone group. */
    listApps: ({ cloneGroup, signal }: CallOptions & { cloneGroup?: string } = {}): AsyncGenerator<models.App> => {
      const query = { limit: 100, ...(cloneGroup !== undefined && { clone_group: cloneGroup }) };
      return list(() => api.GET("/api/v1/bridge/apps/", { params: { query }, signal }), ["apps", "results"], {
        signal,
      });
    },

    createApp: (app: models.AppCreate, options: CreateOptions = {}): Promise<models.App> => {
      const { signal } = options;
      return unwrap(
        api.POST("/api/v1/bridge/apps/", { params: { header: toIdempotencyHeader(options) }, body: app, signal }),
      );
    },

    getApp: async (appId: string, options: CallOptions = {}): Promise<models.App> =>
      (await readApp(appId, options)).app,

    /** Also returns the extensions that the Bridge announces, such as `capabilities`. */
    getAppWithExtensions: readApp,

    /** Replaces the capabilities of an app's connector. */
    setCapabilities: async (
      appId: string,
      capabilities: models.Capabilities,
      { signal }: CallOptions = {},
    ): Promise<void> => {
      const params = { path: appPath(appId) };
      const path = "/api/v1/bridge/apps/{app_id}/capabilities/";
      await done(() => api.PUT(path, { params, body: capabilities, signal, parseAs: "text" }));
    },

    updateApp: (appId: string, changes: models.AppUpdate, { signal }: CallOptions = {}): Promise<models.App> =>
      unwrap(api.PATCH("/api/v1/bridge/apps/{app_id}/", { params: { path: appPath(appId) }, body: changes, signal })),

    /** Deletes an app; its clones stay. */
    /** Which of the last complete sessions other settings of the removal guard would have held. */
    previewGuard: (
      appId: string,
      guard: models.RemovalGuard,
      { signal }: CallOptions = {},
    ): Promise<models.GuardPreview> =>
      unwrap(
        api.POST("/api/v1/bridge/apps/{app_id}/guard/preview/", {
          params: { path: appPath(appId) },
          body: guard,
          signal,
        }),
      ),

    deleteApp: async (appId: string, { signal }: CallOptions = {}): Promise<void> => {
      await done(() =>
        api.DELETE("/api/v1/bridge/apps/{app_id}/", { params: { path: appPath(appId) }, signal, parseAs: "text" }),
      );
    },

    listResourceTypes: async (appId: string, { signal }: CallOptions = {}): Promise<models.ResourceType[]> => {
      const path = appPath(appId);
      const body: unknown = await unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/resource-types/", { params: { path }, signal }),
      );
      return readRows(body, ["resource_types", "results"]) as models.ResourceType[];
    },

    createResourceType: (
      appId: string,
      resourceType: models.ResourceType,
      options: CreateOptions = {},
    ): Promise<models.ResourceType> => {
      const { signal } = options;
      const params = { path: appPath(appId), header: toIdempotencyHeader(options) };
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/resource-types/", { params, body: resourceType, signal }));
    },

    updateResourceType: (
      appId: string,
      slug: string,
      changes: models.ResourceTypeUpdate,
      { signal }: CallOptions = {},
    ): Promise<models.ResourceType> => {
      const params = { path: { app_id: appId, slug } };
      return unwrap(
        api.PATCH("/api/v1/bridge/apps/{app_id}/resource-types/{slug}/", { params, body: changes, signal }),
      );
    },

    /** Deletes a resource type without records from the whole clone group. */
    deleteResourceType: async (appId: string, slug: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { app_id: appId, slug } };
      await done(() =>
        api.DELETE("/api/v1/bridge/apps/{app_id}/resource-types/{slug}/", { params, signal, parseAs: "text" }),
      );
    },

    /** Returns the id of the new session. */
    startSync: async (appId: string, options: StartOptions = {}): Promise<string> =>
      (await startSession(appId, options)).syncId,

    /** Also returns the extensions that the Bridge announces, such as `continued-records`. */
    startSession,

    pushPage: (
      appId: string,
      syncId: string,
      slug: string,
      records: readonly models.PushedRecord[],
      options: CallOptions = {},
    ): Promise<models.PageResult> => pushBody(appId, syncId, slug, JSON.stringify({ records }), options),

    /** Pushes a page that is already JSON, `{"records": [...]}`, so that a retry need not serialize it again. */
    pushBody,

    completeSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      const path = "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/complete/";
      await done(() => api.POST(path, { params, signal, parseAs: "text" }));
    },

    abandonSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      await done(() =>
        api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/abandon/", { params, signal, parseAs: "text" }),
      );
    },

    /** The records of `keep` stay as they are until the next sync. */
    confirmSync: async (
      appId: string,
      syncId: string,
      { keep, signal }: CallOptions & { keep?: RecordKey[] } = {},
    ): Promise<models.SyncSession> => {
      const params = { path: syncPath(appId, syncId) };
      const body = keep === undefined ? undefined : { keep };
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/confirm/", { params, body, signal }));
    },

    discardSync: async (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      await done(() =>
        api.POST("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/discard/", { params, signal, parseAs: "text" }),
      );
    },

    /** Stores the receipt of the run with its session. A session has one receipt; sending the same again is allowed. */
    putReceipt: async (
      appId: string,
      syncId: string,
      receipt: models.RunReceipt,
      { signal }: CallOptions = {},
    ): Promise<void> => {
      const params = { path: syncPath(appId, syncId) };
      const path = "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/receipt/";
      await done(() => api.PUT(path, { params, body: receipt, signal, parseAs: "text" }));
    },

    getSync: (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<models.SyncSession> =>
      unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/", {
          params: { path: syncPath(appId, syncId) },
          signal,
        }),
      ),

    ...createTaskCalls(caller),
    ...createRecordCalls(caller),
    ...createKeyCalls(caller),
    ...createRunnerCalls(caller),
    ...createPeopleCalls(caller),

    /**
     * Yields the events of the organisation, from now on or after `lastEventId`. Reconnects and continues after the last
     * event until the signal aborts. Throws if the first connection fails or the Bridge later refuses the key.
     */
    streamEvents: (options: EventOptions = {}): AsyncGenerator<ReceivedEvent> => followEvents(openEvents, options),
  };
}
