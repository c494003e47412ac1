import type { CallOptions, Caller, PageOptions } from "./caller.ts";
import type * as models from "./models.ts";

export interface PersonFilter extends PageOptions {
  /** The email or username, in any case. */
  email?: string;
  /** What the id, email, username or a name begins with, in any case. */
  text?: string;
}

/** Finding people in all apps, and erasing them, which needs an admin key. */
export function createPeopleCalls({ api, unwrap, list }: Caller) {
  return {
    /** Lists accounts of all apps; takes `email` or `text`. */
    listPeople: ({ email, text, pageSize = 50, signal }: PersonFilter): AsyncGenerator<models.PersonAccount> => {
      const params = { query: { email, text, limit: pageSize } };
      return list(() => api.GET("/api/v1/bridge/people/", { params, signal }), ["accounts"], { signal });
    },

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
