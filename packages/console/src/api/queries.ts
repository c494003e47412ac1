import type {
  Change,
  ChangeSort,
  LiveRecord,
  RecordStatus,
  RemovalGuard,
  SyncSession,
  TaskAction,
  TaskErrorCode,
  components,
} from "@bridgekit/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Session } from "../session/session.ts";
import { type Cursor, read, toCursor, type Window, WINDOW } from "./read.ts";

export type Overview = components["schemas"]["Overview"];
export type AppOverview = components["schemas"]["AppOverview"];
export type Decision = components["schemas"]["Decision"];

/** The names under which responses are kept; an event of an app makes those under `app` stale. */
export const keys = {
  overview: ["overview"] as const,
  workers: ["workers"] as const,
  app: (appId: string) => ["app", appId] as const,
  sync: (appId: string, syncId: string) => ["app", appId, "sync", syncId] as const,
  /** Lists are not read again by themselves: their rows would jump. */
  list: (appId: string, ...rest: readonly unknown[]) => ["list", appId, ...rest] as const,
};

/** How every app is doing. Organisations have tens of apps, so all of them are read. */
async function readOverview({ client }: Session, signal: AbortSignal): Promise<Omit<Overview, "next">> {
  const apps: AppOverview[] = [];
  for (let cursor: string | undefined; ;) {
    const params = { query: { limit: 100, cursor } };
    const page: Overview = await read(client.api.GET("/api/v1/bridge/overview/", { params, signal }));
    apps.push(...page.apps);
    cursor = toCursor(page.next);
    if (cursor === undefined) return { decisions: page.decisions, apps };
  }
}

export const overviewQuery = (session: Session) =>
  queryOptions({ queryKey: keys.overview, queryFn: ({ signal }) => readOverview(session, signal) });

export const workersQuery = ({ client }: Session) =>
  queryOptions({ queryKey: keys.workers, queryFn: ({ signal }) => client.listWorkers({ signal }) });

export const appQuery = ({ client }: Session, appId: string) =>
  queryOptions({ queryKey: keys.app(appId), queryFn: ({ signal }) => client.getApp(appId, { signal }) });

export const typesQuery = ({ client }: Session, appId: string) =>
  queryOptions({
    queryKey: [...keys.app(appId), "types"],
    queryFn: ({ signal }) => client.listResourceTypes(appId, { signal }),
    staleTime: 60_000,
  });

const PAUSE_MS = 200;

/** What these settings of the removal guard would have held; read once typing pauses. */
export const guardPreviewQuery = ({ client }: Session, appId: string, guard: RemovalGuard) =>
  queryOptions({
    queryKey: keys.list(appId, "guard", guard),
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      signal.throwIfAborted();
      return client.previewGuard(appId, guard, { signal });
    },
    placeholderData: keepPreviousData,
  });

export const syncsQuery = ({ client }: Session, appId: string, { cursor }: Cursor) =>
  queryOptions({
    queryKey: keys.list(appId, "syncs", cursor),
    queryFn: async ({ signal }): Promise<Window<SyncSession>> => {
      const params = { path: { app_id: appId }, query: { limit: WINDOW, cursor } };
      const { sessions, next } = await read(client.api.GET("/api/v1/bridge/apps/{app_id}/sync/", { params, signal }));
      return { rows: sessions, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

export const syncQuery = ({ client }: Session, appId: string, syncId: string) =>
  queryOptions({
    queryKey: keys.sync(appId, syncId),
    queryFn: ({ signal }) => client.getSync(appId, syncId, { signal }),
  });

/** Why the guard holds a sync. */
export const heldQuery = ({ client }: Session, appId: string, syncId: string) =>
  queryOptions({
    queryKey: keys.list(appId, "held", syncId),
    queryFn: ({ signal }) => {
      const params = { path: { app_id: appId, sync_id: syncId } };
      return read(client.api.GET("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/held/", { params, signal }));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export interface ChangeFilter extends Cursor {
  change?: ChangeSort | undefined;
  slug?: string | undefined;
  text?: string | undefined;
}

/** The changes of a session in this status: a held one lists what it would change. */
export const changesQuery = (
  { client }: Session,
  appId: string,
  { sync_id: syncId, status }: Pick<SyncSession, "sync_id" | "status">,
  { change, slug, text, cursor }: ChangeFilter,
) =>
  queryOptions({
    queryKey: keys.list(appId, "changes", syncId, status, change, slug, text, cursor),
    queryFn: async ({ signal }): Promise<Window<Change>> => {
      const params = { path: { app_id: appId, sync_id: syncId }, query: { change, slug, text, cursor, limit: WINDOW } };
      const path = "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/changes/";
      const { changes, next } = await read(client.api.GET(path, { params, signal }));
      return { rows: changes, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

export interface RecordFilter extends Cursor {
  text?: string | undefined;
  status?: RecordStatus | undefined;
  member_of?: string | undefined;
  assigned?: string | undefined;
}

export const recordsQuery = (
  { client }: Session,
  appId: string,
  slug: string,
  { text, status, member_of, assigned, cursor }: RecordFilter,
) =>
  queryOptions({
    queryKey: keys.list(appId, "records", slug, text, status, member_of, assigned, cursor),
    queryFn: async ({ signal }): Promise<Window<LiveRecord>> => {
      const query = { text, status, member_of, assigned, cursor, limit: WINDOW };
      const params = { path: { app_id: appId, slug }, query };
      const path = "/api/v1/bridge/apps/{app_id}/records/{slug}/";
      const { records, next } = await read(client.api.GET(path, { params, signal }));
      return { rows: records, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

export const recordQuery = ({ client }: Session, appId: string, slug: string, id: string) =>
  queryOptions({
    queryKey: [...keys.app(appId), "record", slug, id],
    queryFn: ({ signal }) => client.getRecord(appId, slug, id, { signal }),
  });

export type RecordHistory = components["schemas"]["RecordHistory"];

/** What became of a record and why, newest first. */
export const historyQuery = ({ client }: Session, appId: string, slug: string, id: string) =>
  queryOptions({
    queryKey: [...keys.app(appId), "history", slug, id],
    queryFn: ({ signal }): Promise<RecordHistory> => {
      const params = { path: { app_id: appId, slug, record_id: id }, query: { limit: 100 } };
      const path = "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/history/";
      return read(client.api.GET(path, { params, signal }));
    },
  });

export type AppTask = components["schemas"]["AppTask"];
type TaskState = components["schemas"]["TaskState"];

export interface TaskFilter extends Cursor {
  app_id?: string | undefined;
  state?: TaskState | undefined;
  code?: TaskErrorCode | undefined;
  action?: TaskAction | undefined;
  text?: string | undefined;
}

/** Tasks of one app or of all, the latest due first. */
export const tasksQuery = ({ client }: Session, { app_id, state, code, action, text, cursor }: TaskFilter) =>
  queryOptions({
    queryKey: keys.list(app_id ?? "", "tasks", state, code, action, text, cursor),
    queryFn: async ({ signal }): Promise<Window<AppTask>> => {
      const params = { query: { app_id, state, code, action, text, cursor, limit: WINDOW } };
      const { tasks, next } = await read(client.api.GET("/api/v1/bridge/tasks/", { params, signal }));
      return { rows: tasks, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

export type PersonAccount = components["schemas"]["PersonAccount"];

export interface PeopleFilter extends Cursor {
  text?: string | undefined;
  email?: string | undefined;
}

/** Accounts of all apps, by an email or by what a text begins. */
export const peopleQuery = ({ client }: Session, filter: PeopleFilter) =>
  queryOptions({
    queryKey: ["people", filter],
    queryFn: async ({ signal }): Promise<Window<PersonAccount>> => {
      const params = { query: { ...filter, limit: WINDOW } };
      const { accounts, next } = await read(client.api.GET("/api/v1/bridge/people/", { params, signal }));
      return { rows: accounts, next: toCursor(next) };
    },
    placeholderData: keepPreviousData,
  });

export type FoundRecord = components["schemas"]["FoundRecord"];
export type Finds = components["schemas"]["Finds"];

/** The first accounts, groups, licenses and tasks of all apps that a text finds, so many of each. */
export const findsQuery = ({ client }: Session, text: string, limit: number) =>
  queryOptions({
    queryKey: ["finds", text],
    queryFn: ({ signal }) =>
      read(client.api.GET("/api/v1/bridge/find/", { params: { query: { text, limit } }, signal })),
  });

export const taskQuery = ({ client }: Session, appId: string, taskId: string) =>
  queryOptions({
    queryKey: [...keys.app(appId), "task", taskId],
    queryFn: ({ signal }) => client.getTask(appId, taskId, { signal }),
  });
