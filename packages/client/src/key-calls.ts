import { toIdempotencyHeader, type CallOptions, type Caller, type CreateOptions, type PageOptions } from "./caller.ts";
import type * as models from "./models.ts";

export interface AuditFilter extends PageOptions {
  /** Only what this key did. */
  keyId?: string;
  /** Only what was done to this app. */
  appId?: string;
}

/** API keys, and what was done with them; an administrator's key is needed. */
export function createKeyCalls({ api, done, unwrap, list }: Caller) {
  return {
    /** The organisation that the key opens. */
    getOrg: ({ signal }: CallOptions = {}): Promise<models.Org> => unwrap(api.GET("/api/v1/bridge/org/", { signal })),

    /** Newest first, with revoked and expired ones, and never a secret. */
    listKeys: ({ pageSize = 100, signal }: PageOptions = {}): AsyncGenerator<models.Key> =>
      list(() => api.GET("/api/v1/bridge/keys/", { params: { query: { limit: pageSize } }, signal }), ["keys"], {
        signal,
      }),

    /** `key` of the answer is the secret; it is shown only now. */
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

    /** Another secret for a key, as `key` of the answer, shown only now; the old one stays valid for a while. */
    rotateKey: (keyId: string, rotation: models.KeyRotate, options: CreateOptions = {}): Promise<models.KeyCreated> => {
      const { signal } = options;
      const params = { path: { key_id: keyId }, header: toIdempotencyHeader(options) };
      return unwrap(api.POST("/api/v1/bridge/keys/{key_id}/rotate/", { params, body: rotation, signal }));
    },

    /** Ends the validity of the old secret of a key that was rotated. */
    deleteOldSecret: async (keyId: string, { signal }: CallOptions = {}): Promise<void> => {
      const params = { path: { key_id: keyId } };
      await done(() => api.DELETE("/api/v1/bridge/keys/{key_id}/old-secret/", { params, signal, parseAs: "text" }));
    },

    /** Newest first. */
    listAudit: ({ keyId, appId, pageSize = 100, signal }: AuditFilter = {}): AsyncGenerator<models.AuditEntry> => {
      const query = { key_id: keyId, app_id: appId, limit: pageSize };
      return list(() => api.GET("/api/v1/bridge/audit/", { params: { query }, signal }), ["entries"], { signal });
    },
  };
}
