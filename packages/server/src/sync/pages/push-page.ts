import { findApp, noSuchApp } from "../../apps/find-app.ts";
import { noSuchType } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { mayUseApp } from "../../keys/may-use-app.ts";
import { checkPage, checkSlugs } from "./check-page.ts";
import { describeEnd, findSession, noSuchSession } from "../find-session.ts";
import { PageStage, toRow } from "./page-stage.ts";
import { PageTargets } from "./page-target.ts";
import { SyncProgressReporter } from "./report-progress.ts";

/** The call that a sync makes by the thousand: once the session is cached, a page costs a share of one statement. */
export function createPushPage(context: BridgeContext): Handler<"pushPage"> {
  const { database, metrics } = context;
  const targets = new PageTargets(database);
  const stage = new PageStage(database);
  const progress = new SyncProgressReporter(context);
  return async ({ key, path: { app_id, sync_id, slug }, text }) => {
    if (!(await mayUseApp(database, key, app_id))) throw noSuchApp(app_id);
    const place = { orgId: key.orgId, appId: app_id, syncId: sync_id };
    let target = await targets.find(place);
    if (target !== undefined && !target.kinds.has(slug)) target = await targets.find(place, { fresh: true });
    if (target === undefined) throw noSuchApp(app_id);
    if (target.status === null) throw noSuchSession(sync_id);
    const kind = target.kinds.get(slug);
    if (kind === undefined) throw noSuchType(slug);
    if (target.status !== "in_progress")
      return problem(409, describeEnd({ status: target.status, reconciliation: target.reconciliation }));

    const { kinds, pushedRefs } = target;
    const checked = checkPage({ kind, kinds, pushedRefs, text });
    // Their types may have been registered since.
    if (checked.unknownSlugs.length > 0)
      checkSlugs(checked.unknownSlugs, ((await targets.find(place, { fresh: true })) ?? target).kinds);
    const page = toRow({ syncId: sync_id, slug }, checked);
    const existed = await stage.add(page);
    if (existed !== undefined) pushedRefs.add(page.refs);
    // The session ended or its app was deleted after the check.
    if (existed === undefined) {
      await findApp(database, key, app_id);
      return problem(409, describeEnd(await findSession(database, app_id, sync_id)));
    }
    const total = page.recordCount;
    metrics.pageStaged(total);
    void progress.report(place);
    return { status: 200, body: { total, created: total - existed, updated: existed } };
  };
}
