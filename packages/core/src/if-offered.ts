import { isApiError } from "@bridgekit/client";

/** `undefined` where the Bridge does not have the call, which is an extension, or the key may not make it. */
export async function ifOffered<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TypeError || (isApiError(error) && [403, 404, 405].includes(error.status))) return undefined;
    throw error;
  }
}
