import { isApiError } from "@bridgekit/client";

/** Calls an extension of the Bridge; undefined if the Bridge does not offer it or the key may not call it. */
export async function ifOffered<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TypeError || (isApiError(error) && [403, 404, 405].includes(error.status))) return undefined;
    throw error;
  }
}
