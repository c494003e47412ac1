import { toIdempotencyHeader, type CallOptions, type Caller, type CreateOptions, type PageOptions } from "./caller.ts";
import type * as models from "./models.ts";

export interface AuditFilter extends PageOptions {
  /** Only entries of this key. */
  keyId?: string;
  /** Only entries about this app. */
  appId?: string;
  /** Start of a word of the name of the key or person. */
  actor?: string;
  /** `operationId` of the calls. */
  operation?: string;
  /** Id of a task, session, key, user or app. */
  target?: string;
  /** Start of a word of the name, operation, path, reason or request id. */
  text?: string;
  /** At this time or later; ISO 8601. */
  since?: string;
  /** Before this time; ISO 8601. */
  until?: string;
}

/** API keys, people who sign in to the console, and the audit trail; needs an admin key. */
export function createKeyCalls({ api, done, unwrap, list }: Caller) {
  return {
    /** Returns the organisation of the key. */
    getOrg: ({ signal }: CallOptions = {}): Promise<models.Org> => unwrap(api.GET("/api/v1/bridge/org/", { signal })),

    /** How much syncs and tasks may take away in an hour, and what was used of it. */
    getBudget: ({ signal }: CallOptions = {}): Promise<models.Budget> =>
      unwrap(api.GET("/api/v1/bridge/budget/", { signal })),

    /** `null` switches a limit off. */
    setBudget: (budget: models.BudgetUpdate, { signal }: CallOptions = {}): Promise<models.Budget> =>
      unwrap(api.PUT("/api/v1/bridge/budget/", { body: budget, signal })),

    /** Newest first, including revoked and expired keys; never returns a secret. */
    listKeys: ({ pageSize = 100, signal }: PageOptions = {}): AsyncGenerator<models.Key> =>
      list(() => api.GET("/api/v1/bridge/keys/", { params: { query: { limit: pageSize } }, signal }), ["keys"], {
        signal,
      }),

    /** `key` of the response is the secret, which is never returned again. */
    createKey: (key: models.KeyCreate, options: CreateOptions = {}): Promise<models.KeyCreated> => {
      const { signal } = options;
      return unwrap(
        api.POST("/api/v1/bridge/keys/", { params: { header: toIdempotencyHeader(options) }, body: key, signal }),
      );
    },

    revokeKey: async (keyId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { key_id: keyId } };
      await done(() => api.DELETE("/api/v1/bridge/keys/{key_id}/", { params, signal, parseAs: "text" }));
    },

    /** Gives a key a new secret, returned once as `key`; the old one stays valid for a while. */
    rotateKey: (keyId: string, rotation: models.KeyRotate, options: CreateOptions = {}): Promise<models.KeyCreated> => {
      const { signal } = options;
      const params = { path: { key_id: keyId }, header: toIdempotencyHeader(options) };
      return unwrap(api.POST("/api/v1/bridge/keys/{key_id}/rotate/", { params, body: rotation, signal }));
    },

    /** Ends the old secret of a rotated key. */
    deleteOldSecret: async (keyId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { key_id: keyId } };
      await done(() => api.DELETE("/api/v1/bridge/keys/{key_id}/old-secret/", { params, signal, parseAs: "text" }));
    },

    /** Returns the token of a link that signs somebody in to the console: `sign-in/link?token=` at the Bridge. */
    createSignInLink: (link: models.SignInLinkCreate, { signal }: CallOptions = {}): Promise<models.SignInLink> =>
      unwrap(api.POST("/api/v1/bridge/sign-in-links/", { body: link, signal })),

    /** Who has signed in to the console, newest first. */
    listUsers: ({ pageSize = 100, signal }: PageOptions = {}): AsyncGenerator<models.User> =>
      list(() => api.GET("/api/v1/bridge/users/", { params: { query: { limit: pageSize } }, signal }), ["users"], {
        signal,
      }),

    /** A disabled user is signed out at once and may not sign in. */
    updateUser: (userId: string, update: models.UserUpdate, { signal }: CallOptions = {}): Promise<models.User> => {
      const params = { path: { user_id: userId } };
      return unwrap(api.PATCH("/api/v1/bridge/users/{user_id}/", { params, body: update, signal }));
    },

    deleteUser: async (userId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { user_id: userId } };
      await done(() => api.DELETE("/api/v1/bridge/users/{user_id}/", { params, signal, parseAs: "text" }));
    },

    /** Newest first. */
    listAudit: ({
      keyId,
      appId,
      pageSize = 100,
      signal,
      ...filter
    }: AuditFilter = {}): AsyncGenerator<models.AuditEntry> => {
      const query = { ...filter, key_id: keyId, app_id: appId, limit: pageSize };
      return list(() => api.GET("/api/v1/bridge/audit/", { params: { query }, signal }), ["entries"], { signal });
    },
  };
}
