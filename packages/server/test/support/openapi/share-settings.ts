import type { Bridge } from "../../../src/index.ts";
import type { Api } from "../api.ts";
import type { Operation } from "./operations.ts";
import type { Credentials } from "./send.ts";
import { trySuccess } from "./try-success.ts";
import { createSettings, type Setting } from "./world.ts";

/**
 * Tries an operation with things that were made for an earlier one, and makes them anew once it succeeds with none of
 * them: to make them costs as much as ten operations. What only reads may be given other things.
 */
export function shareSettings(bridge: Bridge, api: Api) {
  let shared: readonly Setting[] | undefined;
  return async (operation: Operation, key: Credentials, untouched?: readonly Setting[]) => {
    const attempt = (settings: readonly Setting[]) =>
      trySuccess(bridge, operation, { settings, orgSlug: api.slug, key });
    const given = operation.method === "GET" ? (untouched ?? shared) : shared;
    const first = given && (await attempt(given));
    if (first && first.response.status < 300) return first;
    return attempt((shared = await createSettings(bridge, api)));
  };
}
