import {
  readExtensions,
  toIdempotencyHeader,
  type CallOptions,
  type Caller,
  type CreateOptions,
  type PageOptions,
} from "./caller.ts";
import type * as models from "./models.ts";

export interface WaitOptions extends CallOptions {
  /** Seconds, at most 60, that the Bridge may wait for a task before it responds. */
  waitSeconds?: number;
}

/** Only the first page of a list of `pending` tasks waits. */
export interface TaskFilter extends PageOptions, WaitOptions {
  status?: models.TaskStatus;
}

/** A filter of the tasks of all apps. */
export interface AppTaskFilter extends PageOptions {
  state?: models.TaskState;
  code?: models.TaskErrorCode;
  action?: models.TaskAction;
  appId?: string;
  /** Only tasks of accounts that this text finds, as in a list of records, or of which the id begins with it. */
  text?: string;
}

export interface ClaimedTasks {
  tasks: models.Task[];
  extensions: readonly string[];
}

/** Provisioning tasks: created by an administrator, carried out and reported by a runner. */
export function createTaskCalls({ api, done, unwrap, list }: Caller) {
  async function claimTasks(
    appId: string,
    claim: models.TaskClaim,
    { waitSeconds, signal }: WaitOptions = {},
  ): Promise<ClaimedTasks> {
    const params = { path: { app_id: appId }, header: toPreference(waitSeconds) };
    const body = claim as Required<models.TaskClaim>;
    const call = api.POST("/api/v1/bridge/apps/{app_id}/tasks/claim/", { params, body, signal });
    const { tasks } = await unwrap(call);
    return { tasks, extensions: readExtensions((await call).response) };
  }

  return {
    /** Accepts `tasks` and `results`, because the published guide and reference differ. */
    listTasks: (
      appId: string,
      { status, pageSize, waitSeconds, signal }: TaskFilter = {},
    ): AsyncGenerator<models.Task> => {
      const header = toPreference(waitSeconds);
      const params = { path: { app_id: appId }, query: { status, limit: pageSize }, header };
      return list(() => api.GET("/api/v1/bridge/apps/{app_id}/tasks/", { params, signal }), ["tasks", "results"], {
        signal,
      });
    },

    /** Counts the tasks with a status; pending tasks claimed by a runner are not counted. */
    countTasks: async (appId: string, status: models.TaskStatus, { signal }: CallOptions = {}): Promise<number> => {
      const params = { path: { app_id: appId }, query: { status, limit: 1 } };
      return (await unwrap(api.GET("/api/v1/bridge/apps/{app_id}/tasks/", { params, signal }))).count;
    },

    createTask: (appId: string, task: models.TaskCreate, options: CreateOptions = {}): Promise<models.Task> => {
      const { signal } = options;
      const params = { path: { app_id: appId }, header: toIdempotencyHeader(options) };
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/tasks/", { params, body: task, signal }));
    },

    /** Leases pending tasks to one runner; returns none if nothing is pending. */
    claimTasks: async (appId: string, claim: models.TaskClaim, options: WaitOptions = {}): Promise<models.Task[]> =>
      (await claimTasks(appId, claim, options)).tasks,

    /** Also returns the extensions that the Bridge announces, such as `begun-tasks`. */
    claimTasksWithExtensions: claimTasks,

    /** Lists the tasks of all apps, the latest due first. */
    findTasks: ({ appId, pageSize = 50, signal, ...filter }: AppTaskFilter = {}): AsyncGenerator<models.AppTask> => {
      const params = { query: { ...filter, app_id: appId, limit: pageSize } };
      return list(() => api.GET("/api/v1/bridge/tasks/", { params, signal }), ["tasks"], { signal });
    },

    /** Makes a new task for each failed one that the filter finds, or shows what it would make. */
    retryTasks: (appId: string, retry: models.TaskRetry, options: CreateOptions = {}): Promise<models.TaskBatch> => {
      const { signal } = options;
      const params = { path: { app_id: appId }, header: toIdempotencyHeader(options) };
      const body = retry as Required<models.TaskRetry>;
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/tasks/retry/", { params, body, signal }));
    },

    /** Makes the inverse task of each completed one, or shows what it would make. */
    undoTasks: (appId: string, undo: models.TaskUndo, options: CreateOptions = {}): Promise<models.TaskBatch> => {
      const { signal } = options;
      const params = { path: { app_id: appId }, header: toIdempotencyHeader(options) };
      const body = undo as Required<models.TaskUndo>;
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/tasks/undo/", { params, body, signal }));
    },

    /** Cancels several tasks in one step, or shows what it would cancel. */
    cancelTasks: (appId: string, cancel: models.TaskCancel, options: CreateOptions = {}): Promise<models.TaskBatch> => {
      const { signal } = options;
      const params = { path: { app_id: appId }, header: toIdempotencyHeader(options) };
      const body = cancel as Required<models.TaskCancel>;
      return unwrap(api.POST("/api/v1/bridge/apps/{app_id}/tasks/cancel/", { params, body, signal }));
    },

    /** Releases tasks that the budget of the hour holds, by default the oldest 1,000; returns how many. */
    releaseTasks: async (
      appId: string,
      { taskIds, signal }: CallOptions & { taskIds?: string[] } = {},
    ): Promise<number> => {
      const params = { path: { app_id: appId } };
      const body = taskIds === undefined ? {} : { task_ids: taskIds };
      const path = "/api/v1/bridge/apps/{app_id}/tasks/release/";
      return (await unwrap(api.POST(path, { params, body, signal }))).released;
    },

    getTask: (appId: string, taskId: string, { signal }: CallOptions = {}): Promise<models.TaskWithHistory> => {
      const params = { path: { app_id: appId, task_id: taskId } };
      return unwrap(api.GET("/api/v1/bridge/apps/{app_id}/tasks/{task_id}/", { params, signal }));
    },

    /** Ends the task as `failed`; a runner that has it in flight finds out when it reports. */
    cancelTask: async (appId: string, taskId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { app_id: appId, task_id: taskId } };
      await done(() =>
        api.DELETE("/api/v1/bridge/apps/{app_id}/tasks/{task_id}/", { params, signal, parseAs: "text" }),
      );
    },

    reportTask: async (
      appId: string,
      taskId: string,
      report: models.TaskReport,
      { signal }: CallOptions = {},
    ): Promise<models.Task | undefined> => {
      const params = { path: { app_id: appId, task_id: taskId } };
      const path = "/api/v1/bridge/apps/{app_id}/tasks/{task_id}/status/";
      // Only acceptance matters; the Bridge may return something other than the task.
      const body = await done(() => api.PATCH(path, { params, body: report, signal, parseAs: "text" }));
      return parseTask(body);
    },
  };
}

function parseTask(body: string): models.Task | undefined {
  try {
    return JSON.parse(body) as models.Task;
  } catch {
    return undefined;
  }
}

function toPreference(waitSeconds: number | undefined): { Prefer?: string } {
  return waitSeconds === undefined ? {} : { Prefer: `wait=${waitSeconds}` };
}
