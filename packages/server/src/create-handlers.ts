import { createAppHandlers } from "./apps/apps.ts";
import { createDeleteApp } from "./apps/delete-app.ts";
import { createDeleteResourceType } from "./apps/delete-resource-type.ts";
import { createOrderRunners } from "./apps/order-runners.ts";
import { createReportRunners } from "./apps/report-runners.ts";
import { createResourceTypeHandlers } from "./apps/resource-types.ts";
import { createListAudit } from "./audit/list-audit.ts";
import type { BridgeContext } from "./bridge-context.ts";
import { createBudgetHandlers } from "./budget/budget-handlers.ts";
import { createReleaseTasks } from "./budget/release-tasks.ts";
import { createStreamEvents } from "./events/stream-events.ts";
import { createExportApps } from "./exports/export-apps.ts";
import { createExportAudit } from "./exports/export-audit.ts";
import { createExportAllSyncs } from "./exports/export-all-syncs.ts";
import { createExportChanges } from "./exports/export-changes.ts";
import { createExportRecords } from "./exports/export-records.ts";
import { createExportSyncs } from "./exports/export-syncs.ts";
import type { Handler, Handlers } from "./http/operation.ts";
import { createKeyHandlers } from "./keys/keys.ts";
import { createGetOverview } from "./overview/get-overview.ts";
import { createErasureHandlers } from "./people/erasures.ts";
import { createFindByText } from "./people/find-by-text.ts";
import { createListPeople } from "./people/list-people.ts";
import { createRecordHandlers } from "./records/records.ts";
import { createGetRecordHistory } from "./records/history/get-record-history.ts";
import { createGetSeatHistory } from "./records/history/get-seat-history.ts";
import { createListMembers } from "./records/members/list-members.ts";
import { createExplainHeld } from "./sync/held/explain-held.ts";
import { createEndHandlers } from "./sync/end-sync.ts";
import { createPushPage } from "./sync/pages/push-page.ts";
import { createPutReceipt } from "./sync/put-receipt.ts";
import { createGetSystem } from "./operations/get-system.ts";
import { createFindSyncs } from "./sync/find-syncs.ts";
import { createListChanges } from "./sync/changes/list-changes.ts";
import { createListRecentChanges } from "./sync/changes/list-recent-changes.ts";
import { createReadHandlers } from "./sync/read-syncs.ts";
import { createPreviewGuard } from "./sync/preview-guard.ts";
import { createReleaseHandlers } from "./sync/release-sync.ts";
import { createStartSync } from "./sync/start-sync.ts";
import { createUserHandlers } from "./sign-in/user-handlers.ts";
import { createCancelTasks } from "./tasks/batch/cancel-tasks.ts";
import { createRetryTasks } from "./tasks/batch/retry-tasks.ts";
import { createUndoTasks } from "./tasks/batch/undo-tasks.ts";
import { createFindTasks } from "./tasks/find-tasks.ts";
import { createTaskHandlers } from "./tasks/tasks.ts";
import { createWorkerHandlers } from "./workers/worker-handlers.ts";

/** The handlers of all operations of the spec. */
export function createHandlers(context: BridgeContext): Handlers {
  return {
    ...createAppHandlers(context),
    getOverview: createGetOverview(context),
    deleteApp: createDeleteApp(context),
    reportRunners: createReportRunners(context),
    orderRunners: createOrderRunners(context),
    ...createWorkerHandlers(context),
    ...createResourceTypeHandlers(context),
    deleteResourceType: createDeleteResourceType(context),
    startSync: createStartSync(context),
    pushPage: createPushPage(context),
    putReceipt: createPutReceipt(context),
    ...createEndHandlers(context),
    ...createReleaseHandlers(context),
    explainHeld: createExplainHeld(context),
    ...createRecordHandlers(context),
    getRecordHistory: createGetRecordHistory(context),
    getSeatHistory: createGetSeatHistory(context),
    listMembers: createListMembers(context),
    ...createTaskHandlers(context),
    getOrg: createGetOrg(context),
    ...createBudgetHandlers(context),
    releaseTasks: createReleaseTasks(context),
    ...createKeyHandlers(context),
    ...createUserHandlers(context),
    listAudit: createListAudit(context),
    exportAudit: createExportAudit(context),
    exportRecords: createExportRecords(context),
    exportApps: createExportApps(context),
    exportAllSyncs: createExportAllSyncs(context),
    exportChanges: createExportChanges(context),
    exportSyncs: createExportSyncs(context),
    listPeople: createListPeople(context),
    findByText: createFindByText(context),
    findSyncs: createFindSyncs(context),
    findTasks: createFindTasks(context),
    cancelTasks: createCancelTasks(context),
    retryTasks: createRetryTasks(context),
    undoTasks: createUndoTasks(context),
    previewGuard: createPreviewGuard(context),
    ...createErasureHandlers(context),
    ...createReadHandlers(context),
    listChanges: createListChanges(context),
    listRecentChanges: createListRecentChanges(context),
    streamEvents: createStreamEvents(context),
    getSystem: createGetSystem(context),
  };
}

function createGetOrg({ database }: BridgeContext): Handler<"getOrg"> {
  return async ({ key }) => {
    const org = await database
      .selectFrom("orgs")
      .select(["id", "slug", "name", "created_at"])
      .where("id", "=", key.orgId)
      .executeTakeFirstOrThrow();
    return { status: 200, body: { ...org, created_at: org.created_at.toISOString(), role: key.role } };
  };
}
