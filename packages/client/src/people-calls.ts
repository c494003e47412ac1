import type { CallOptions, Caller, PageOptions } from "./caller.ts";
import type * as models from "./models.ts";

/** Erasing people; needs an admin key. */
export function createPeopleCalls({ api, unwrap, list }: Caller) {
  return {
    /** Returns what an erasure would delete; changes nothing. */
    previewErasure: (person: models.Person, { signal }: CallOptions = {}): Promise<models.ErasurePreview> =>
      unwrap(api.POST("/api/v1/bridge/erasures/preview/", { body: person, signal })),

    /** Erases a person for good. `digest_key` of the receipt is never returned again. */
    erasePerson: (person: models.Person, { signal }: CallOptions = {}): Promise<models.ErasureCreated> =>
      unwrap(api.POST("/api/v1/bridge/erasures/", { body: person, signal })),

    /** Lists the receipts, newest first. */
    listErasures: ({ pageSize = 100, signal }: PageOptions = {}): AsyncGenerator<models.Erasure> => {
      const params = { query: { limit: pageSize } };
      return list(() => api.GET("/api/v1/bridge/erasures/", { params, signal }), ["erasures"], { signal });
    },
  };
}
