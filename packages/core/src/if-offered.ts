import { isNotOffered } from "@bridgekit/client";

/** Calls an extension of the Bridge; undefined if the Bridge does not offer it or the key may not call it. */
export async function ifOffered<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TypeError || isNotOffered(error)) return undefined;
    throw error;
  }
}
