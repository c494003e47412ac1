import type { VerifiedKey } from "./authenticate.ts";

/**
 * Whether the key reaches an app of its organisation. One that is limited to some apps is told of any other what it
 * would be told of one that does not exist. Nothing else decides it.
 */
export function mayUseApp({ appIds }: Pick<VerifiedKey, "appIds">, appId: string): boolean {
  return appIds === null || appIds.includes(appId.toLowerCase());
}
