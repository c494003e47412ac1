import type { CallOptions, Caller, PageOptions } from "./caller.ts";
import type * as models from "./models.ts";

/** Erasing what is held of a person; an administrator's key is needed. */
export function createPeopleCalls({ api, unwrap, list }: Caller) {
  return {
    /** What erasing would delete; changes nothing. */
    previewErasure: (person: models.Person, { signal }: CallOptions = {}): Promise<models.ErasurePreview> =>
      unwrap(api.POST("/api/v1/bridge/erasures/preview/", { body: person, signal })),

    /** For good. `digest_key` of the receipt is shown only now. */
    erasePerson: (person: models.Person, { signal }: CallOptions = {}): Promise<models.ErasureCreated> =>
      unwrap(api.POST("/api/v1/bridge/erasures/", { body: person, signal })),

    /** The receipts, newest first. */
    listErasures: ({ pageSize = 100, signal }: PageOptions = {}): AsyncGenerator<models.Erasure> => {
      const params = { query: { limit: pageSize } };
      return list(() => api.GET("/api/v1/bridge/erasures/", { params, signal }), ["erasures"], { signal });
    },
  };
}
