import { type BridgeClient, isNotOffered } from "@bridgekit/client";
import type { FleetOrg } from "../fleet-app.ts";
import type { WorkerContext } from "../worker/context.ts";

const APPS_PER_PAGE = 100;

/** Yields the ids on the Bridge of apps that have open tasks, page by page. */
export async function* findOpenTasks(
  context: WorkerContext,
  org: FleetOrg,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  try {
    yield* fromOverview(org.bridge, signal);
  } catch (error) {
    // The key of a connector may not read the overview, and the published protocol has none.
    if (!isNotOffered(error)) throw error;
    yield* fromEachApp(context, org, signal);
  }
}

async function* fromOverview(bridge: BridgeClient, signal: AbortSignal): AsyncGenerator<string[]> {
  let cursor: string | undefined;
  do {
    const page = await bridge.getOverview({ limit: APPS_PER_PAGE, signal, ...(cursor !== undefined && { cursor }) });
    yield page.apps.filter(({ open_tasks }) => open_tasks.count > 0).map(({ app_id }) => app_id);
    cursor =
      page.next === null ? undefined : (new URL(page.next, bridge.baseUrl).searchParams.get("cursor") ?? undefined);
  } while (cursor !== undefined);
}

async function* fromEachApp(
  { database, apps }: WorkerContext,
  { url, bridge }: FleetOrg,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  const rows = await database.kysely
    .selectFrom("apps")
    .select(["id", "bridge_app_id"])
    .where("org", "=", url)
    .where("bridge_app_id", "is not", null)
    .execute();
  for (const { id, bridge_app_id: bridgeId } of rows) {
    if (signal.aborted) return;
    if (!apps.has(id)) continue;
    if (await hasPending(bridge, bridgeId!, signal)) yield [bridgeId!];
  }
}

/** An app that was deleted on the Bridge, or that the key no longer reaches, keeps no other from its tasks. */
async function hasPending(bridge: BridgeClient, appId: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { value } = await bridge.listTasks(appId, { status: "pending", pageSize: 1, signal }).next();
    return value !== undefined;
  } catch (error) {
    if (isNotOffered(error)) return false;
    throw error;
  }
}
