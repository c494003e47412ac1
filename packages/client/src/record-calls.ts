import type { CallOptions, Caller, PageOptions } from "./caller.ts";
import type * as models from "./models.ts";

/** Identifies a record by resource type and id. */
export interface RecordKey {
  slug: string;
  id: string;
}

export interface RecordFilter extends PageOptions {
  status?: models.RecordStatus;
  /** Start of the id, email, username or a name, ignoring case. */
  text?: string;
  /** Only members of this group. */
  memberOf?: RecordKey;
  /** Only accounts with this license. */
  assigned?: RecordKey;
}

export interface ChangeFilter extends PageOptions {
  change?: models.ChangeSort;
  /** Only records of this resource type. */
  slug?: string;
  /** Only records that this text finds, as in a list of records. */
  text?: string;
}

export interface RecentChangeFilter extends ChangeFilter {
  appId?: string;
  /** Only changes at this time or later; ISO 8601. */
  since?: string;
  /** Only changes before this time; ISO 8601. */
  until?: string;
}

export interface AppSyncFilter extends PageOptions {
  appId?: string;
  status?: models.SyncStatus;
  /** Only sessions that started at this time or later; ISO 8601. */
  since?: string;
  /** Only sessions that started before this time; ISO 8601. */
  until?: string;
}

export interface WindowOptions extends CallOptions {
  /** Number of apps or changes. */
  limit?: number;
  /** The `next` of the previous page. */
  cursor?: string;
}

/** Live records and the sessions that changed them. */
export function createRecordCalls({ api, unwrap, list }: Caller) {
  return {
    listRecords: (
      appId: string,
      slug: string,
      { status, text, memberOf, assigned, pageSize = 100, signal }: RecordFilter = {},
    ): AsyncGenerator<models.LiveRecord> => {
      const query = { status, text, member_of: toWord(memberOf), assigned: toWord(assigned), limit: pageSize };
      const params = { path: { app_id: appId, slug }, query };
      return list(() => api.GET("/api/v1/bridge/apps/{app_id}/records/{slug}/", { params, signal }), ["records"], {
        signal,
      });
    },

    getRecord: (appId: string, slug: string, id: string, { signal }: CallOptions = {}): Promise<models.LiveRecord> =>
      unwrap(
        api.GET("/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/", {
          params: { path: { app_id: appId, slug, record_id: id } },
          signal,
        }),
      ),

    /** A page of apps with how each is doing, and what needs a decision in any of them. */
    getOverview: ({ limit = 50, cursor, signal }: WindowOptions = {}): Promise<models.Overview> => {
      const query = { limit, ...(cursor !== undefined && { cursor }) };
      return unwrap(api.GET("/api/v1/bridge/overview/", { params: { query }, signal }));
    },

    /** Newest first. */
    listSyncs: (appId: string, { pageSize = 50, signal }: PageOptions = {}): AsyncGenerator<models.SyncSession> => {
      const params = { path: { app_id: appId }, query: { limit: pageSize } };
      return list(() => api.GET("/api/v1/bridge/apps/{app_id}/sync/", { params, signal }), ["sessions"], { signal });
    },

    /** The sessions of all apps, the last started first. */
    findSyncs: ({ appId, pageSize = 50, signal, ...filter }: AppSyncFilter = {}): AsyncGenerator<models.AppSync> => {
      const params = { query: { ...filter, app_id: appId, limit: pageSize } };
      return list(() => api.GET("/api/v1/bridge/syncs/", { params, signal }), ["sessions"], { signal });
    },

    /** The accounts in a group or with a license at a time, now by default; 422 if it is before what is kept. */
    listMembers: (
      appId: string,
      { slug, id }: RecordKey,
      { at, pageSize = 100, signal }: PageOptions & { at?: string } = {},
    ): AsyncGenerator<models.Member> => {
      const params = { path: { app_id: appId, slug, record_id: id }, query: { at, limit: pageSize } };
      const path = "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/members/";
      return list(() => api.GET(path, { params, signal }), ["members"], { signal });
    },

    /** The seats of a license, newest first, each time they changed. */
    listSeats: (
      appId: string,
      { slug, id }: RecordKey,
      { pageSize = 100, signal }: PageOptions = {},
    ): AsyncGenerator<models.SeatPoint> => {
      const params = { path: { app_id: appId, slug, record_id: id }, query: { limit: pageSize } };
      const path = "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/seats/";
      return list(() => api.GET(path, { params, signal }), ["points"], { signal });
    },

    /** What the records have in common that a held session would remove. */
    explainHeld: (appId: string, syncId: string, { signal }: CallOptions = {}): Promise<models.HeldExplanation> => {
      const params = { path: { app_id: appId, sync_id: syncId } };
      return unwrap(api.GET("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/held/", { params, signal }));
    },

    /** What became of a record, newest first: a page of its changes, and what follows from all of them. */
    getRecordHistory: (
      appId: string,
      { slug, id }: RecordKey,
      { limit = 50, cursor, signal }: WindowOptions = {},
    ): Promise<models.RecordHistory> => {
      const query = { limit, ...(cursor !== undefined && { cursor }) };
      const params = { path: { app_id: appId, slug, record_id: id }, query };
      return unwrap(api.GET("/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/history/", { params, signal }));
    },

    /** Lists what a session changed, or would change while it is held. */
    listChanges: (
      appId: string,
      syncId: string,
      { change, slug, text, pageSize = 100, signal }: ChangeFilter = {},
    ): AsyncGenerator<models.Change> => {
      const params = { path: { app_id: appId, sync_id: syncId }, query: { change, slug, text, limit: pageSize } };
      return list(
        () => api.GET("/api/v1/bridge/apps/{app_id}/sync/{sync_id}/changes/", { params, signal }),
        ["changes"],
        {
          signal,
        },
      );
    },

    /** Lists what the sessions of all apps changed, the newest session first. */
    listRecentChanges: ({
      appId,
      change,
      slug,
      text,
      since,
      until,
      pageSize = 100,
      signal,
    }: RecentChangeFilter = {}): AsyncGenerator<models.RecentChange> => {
      const query = { app_id: appId, change, slug, text, since, until, limit: pageSize };
      return list(() => api.GET("/api/v1/bridge/changes/", { params: { query }, signal }), ["changes"], { signal });
    },
  };
}

function toWord(key: RecordKey | undefined): string | undefined {
  return key === undefined ? undefined : `${key.slug}:${key.id}`;
}
