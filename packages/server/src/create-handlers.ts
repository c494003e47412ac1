import { createAppHandlers } from "./apps/apps.ts";
import { createResourceTypeHandlers } from "./apps/resource-types.ts";
import type { BridgeContext } from "./bridge-context.ts";
import { createStreamEvents } from "./events/stream-events.ts";
import type { Handlers } from "./http/operation.ts";
import { unbuilt } from "./http/unbuilt.ts";
import { createRecordHandlers } from "./records/records.ts";
import { createEndHandlers } from "./sync/end-sync.ts";
import { createPushPage } from "./sync/push-page.ts";
import { createReleaseHandlers } from "./sync/release-sync.ts";
import { createStartSync } from "./sync/start-sync.ts";
import { createTaskHandlers } from "./tasks/tasks.ts";

/** Every operation of the spec with its handler. */
export function createHandlers(context: BridgeContext): Handlers {
  return {
    ...createAppHandlers(context),
    ...createResourceTypeHandlers(context),
    startSync: createStartSync(context),
    pushPage: createPushPage(context),
    ...createEndHandlers(context),
    ...createReleaseHandlers(context),
    ...createRecordHandlers(context),
    ...createTaskHandlers(context),
    streamEvents: createStreamEvents(context),
    listKeys: unbuilt,
    createKey: unbuilt,
    revokeKey: unbuilt,
    listAudit: unbuilt,
    deleteApp: unbuilt,
    updateResourceType: unbuilt,
    deleteResourceType: unbuilt,
    listSyncs: unbuilt,
    listChanges: unbuilt,
  };
}
