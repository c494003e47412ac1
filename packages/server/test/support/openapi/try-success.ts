import type { Bridge } from "../../../src/index.ts";
import { buildValidRequests } from "./build-valid-request.ts";
import type { WireResponse } from "./check-response.ts";
import { toWireRequest, type WireRequest } from "./mutate.ts";
import type { Operation } from "./operations.ts";
import { send } from "./send.ts";
import type { Setting } from "./world.ts";

/**
 * Sends valid requests until one succeeds: which of the things is in the state that the operation needs, trying tells.
 * Answers the one that succeeded, or the last one.
 */
export async function trySuccess(
  bridge: Bridge,
  operation: Operation,
  { settings, orgSlug, key }: { settings: readonly Setting[]; orgSlug: string; key: string | undefined },
): Promise<{ request: WireRequest; answer: WireResponse }> {
  let last: { request: WireRequest; answer: WireResponse } | undefined;
  for (const valid of buildValidRequests(operation, settings)) {
    const request = toWireRequest(valid, orgSlug);
    last = { request, answer: await send(bridge, request, key) };
    if (last.answer.status < 300) return last;
  }
  if (last === undefined) throw new Error(`${operation.id} got no request at all.`);
  return last;
}
