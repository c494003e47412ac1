import { isUpstreamError, type UpstreamError } from "../../src/index.ts";

/** What `fetch` throws for a network failure, in the form of undici. */
export function networkError(message: string, fields: { code?: string; syscall?: string }): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), fields) });
}

export const refused = () => networkError("connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" });
export const reset = () => networkError("read ECONNRESET", { code: "ECONNRESET", syscall: "read" });

export async function failure(call: Promise<unknown>): Promise<UpstreamError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isUpstreamError(error)) throw new Error("expected an UpstreamError", { cause: error });
  return error;
}
