import type { Bridge } from "../../../src/index.ts";
import { buildValidRequests } from "./build-valid-request.ts";
import type { WireResponse } from "./check-response.ts";
import { toWireRequest, type WireRequest } from "./mutate.ts";
import type { Operation } from "./operations.ts";
import { type Credentials, send } from "./send.ts";
import type { Setting } from "./world.ts";

/**
 * Sends valid requests until one succeeds, because trying shows which things are in the state that the operation needs.
 * Returns the successful response, or the last one.
 */
export async function trySuccess(
  bridge: Bridge,
  operation: Operation,
  { settings, orgSlug, key }: { settings: readonly Setting[]; orgSlug: string; key: Credentials },
): Promise<{ request: WireRequest; response: WireResponse }> {
  let last: { request: WireRequest; response: WireResponse } | undefined;
  for (const valid of buildValidRequests(operation, settings)) {
    const request = toWireRequest(valid, orgSlug);
    last = { request, response: await send(bridge, request, key) };
    if (last.response.status < 300) return last;
  }
  if (last === undefined) throw new Error(`${operation.id} got no request at all.`);
  return last;
}
