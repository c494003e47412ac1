import { isApiError, type BridgeClient } from "@bridgekit/client";

interface TryKeyOptions {
  bridge: BridgeClient;
  /** Id of an app, if the config has one. */
  appId: string | undefined;
  /** The same Bridge with another key. */
  withKey: (apiKey: string) => BridgeClient;
}

// An id that no app has: asking for its tasks changes nothing and returns 404 if the key is valid.
const NO_APP = "00000000-0000-4000-8000-000000000000";

/** Makes calls that need a key and change nothing. Throws if the key is refused or can't be checked. */
export async function tryKey({ bridge, appId, withKey }: TryKeyOptions): Promise<void> {
  if (appId !== undefined) return void (await askForTasks(bridge, appId));
  try {
    await bridge.listApps().next();
  } catch (error) {
    // The published protocol has no list of apps, only a list of tasks.
    if (!isNotOffered(error)) throw error;
    await tryByUnknownApp(bridge, withKey);
  }
}

async function tryByUnknownApp(bridge: BridgeClient, withKey: TryKeyOptions["withKey"]): Promise<void> {
  try {
    await askForTasks(bridge, NO_APP);
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    // The 404 may come from a server that never checks the key: a wrong key shows which.
    if (await isRefused(withKey("not-a-key"))) return;
    throw new Error(
      `Can't check the API key at ${bridge.baseUrl}: a wrong key gets the same response. Check that this is the address ` +
        `of a Bridge, and set the id of an app (apps.KEY.id), whose tasks can be requested.`,
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
