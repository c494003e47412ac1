import { isApiError, type BridgeClient } from "@bridgekit/client";

interface TryKeyOptions {
  bridge: BridgeClient;
  /** An app of the Bridge, where the config names one. */
  appId: string | undefined;
  /** The same Bridge with another key. */
  withKey: (apiKey: string) => BridgeClient;
}

// Nobody has it, so asking for its tasks changes nothing and returns 404 to a key that is right.
const NO_APP = "00000000-0000-4000-8000-000000000000";

/** Makes calls that need the key and change nothing. Throws where the key is refused, or nobody can say. */
export async function tryKey({ bridge, appId, withKey }: TryKeyOptions): Promise<void> {
  if (appId !== undefined) return void (await askForTasks(bridge, appId));
  try {
    await bridge.listApps().next();
  } catch (error) {
    // The published protocol has no list of apps; what it has is a list of tasks.
    if (!isNotOffered(error)) throw error;
    await tryByUnknownApp(bridge, withKey);
  }
}

async function tryByUnknownApp(bridge: BridgeClient, withKey: TryKeyOptions["withKey"]): Promise<void> {
  try {
    await askForTasks(bridge, NO_APP);
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    // 404 of a Bridge that has read the key, or of something that never looks at it: a wrong key shows which.
    if (await isRefused(withKey("not-a-key"))) return;
    throw new Error(
      `${bridge.baseUrl} does not say whether the key is right: it returns the same to a wrong one. Check that this is ` +
        `the address of a Bridge, and give the id of an app (apps.KEY.id), which it can be asked for.`,
      { cause: error },
    );
  }
}

async function isRefused(bridge: BridgeClient): Promise<boolean> {
  try {
    await askForTasks(bridge, NO_APP);
    return false;
  } catch (error) {
    return isApiError(error) && (error.status === 401 || error.status === 403);
  }
}

function askForTasks(bridge: BridgeClient, appId: string) {
  return bridge.listTasks(appId, { status: "pending", pageSize: 1 }).next();
}

function isNotOffered(error: unknown): boolean {
  return isApiError(error) && (error.status === 404 || error.status === 405);
}
