import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../apps/find-app.ts";
import { lockApp } from "../apps/lock-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";
import { orderDeletion } from "../deletion/order-deletion.ts";
import { problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { nextEnd } from "./end-sync.ts";
import { describeEnd, findSession, type Session } from "./find-session.ts";
import { hasNewerSession } from "./reconcile/reconcile.ts";
import { publishEnd } from "./publish-end.ts";
import { readSyncSession } from "./read-sync-session.ts";

type RecordName = components["schemas"]["RecordName"];
type ReleaseHandlers = Pick<Handlers, "confirmSync" | "discardSync">;

/** An administrator's decisions about a session that the removal guard holds or whose reconciliation failed. */
export function createReleaseHandlers({
  database,
  deletions,
  events,
  reconciliations,
  now,
}: BridgeContext): ReleaseHandlers {
  return {
    async confirmSync({ key, path, body: { keep = [] } }) {
      const app = await findApp(database, key, path.app_id);
      const held = await findSession(database, app.id, path.sync_id);
      // A newer session knows better; normally it has dropped this one.
      const isWaiting = held.reconciliation === "held" || held.reconciliation === "failed";
      if (isWaiting && (await hasNewerSession(database, held))) {
        return problem(409, "A newer session has started since; what this one would remove may be back.");
      }
      if (keep.length > 0 && held.reconciliation === "failed")
        return problem(422, "keep: the guard has not judged the session, which failed; confirm it without");
      const unchanged = held.reconciliation === "held" ? await findUnchanged(database, held.id, keep) : undefined;
      if (unchanged !== undefined)
        return problem(422, `keep: the session neither removes nor updates ${unchanged.slug} '${unchanged.id}'`);
      const keptText = keep.length > 0 ? JSON.stringify(keep) : null;
      const confirmed = await database.transaction().execute(async (transaction) => {
        await lockApp(transaction, app.id);
        const place = await nextEnd(transaction, app.id);
        const { numUpdatedRows } = await transaction
          .updateTable("sync_sessions")
          // A failed session is retried as it was: the guard has not judged it yet.
          .set((row) => ({
            status: "completing",
            reconciliation: "due",
            confirmed_by: row
              .case()
              .when("reconciliation", "=", "held")
              .then(key.id)
              .else(row.ref("confirmed_by"))
              .end(),
            kept: sql<string | null>`case when reconciliation = 'held' then ${keptText}::jsonb else kept end`,
            ended_sequence: place,
            error: null,
          }))
          .where("id", "=", held.id)
          .where("reconciliation", "in", ["held", "failed"])
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return undefined;
        await reconciliations.send(transaction, app.id);
        return readSyncSession(transaction, { syncId: held.id, appId: app.id, cloneGroupId: app.clone_group_id });
      });
      if (confirmed === undefined) return problem(409, `Nothing holds it. ${describeEnd(held)}`);
      return { status: 202, body: confirmed, details: describeRelease(held, "completing", keep.length) };
    },

    async discardSync({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      const held = await findSession(database, app.id, path.sync_id);
      const isDiscarded = await database.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("sync_sessions")
          .set({ status: "abandoned", reconciliation: "dropped", reconciled_at: now(), discarded_by: key.id })
          .where("id", "=", held.id)
          .where((row) =>
            row.or([
              row("reconciliation", "in", ["held", "failed"]),
              row.and([row("reconciliation", "=", "due"), row("error", "is not", null)]),
            ]),
          )
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        await orderDeletion(transaction, "dropped_session", [held.id]);
        await publishEnd(transaction, events, { orgId: key.orgId, session: held, status: "abandoned" });
        return true;
      });
      deletions.wake();
      if (!isDiscarded) return problem(409, `Nothing holds it. ${describeEnd(held)}`);
      return { status: 204, details: describeRelease(held, "abandoned") };
    },
  };
}

/** The first of the records that the held session neither removes nor updates. */
async function findUnchanged(
  database: Kysely<Tables>,
  syncId: string,
  keep: readonly RecordName[],
): Promise<RecordName | undefined> {
  if (keep.length === 0) return undefined;
  const { rows } = await sql<RecordName>`
    select record.slug, record.id
    from unnest(
      ${toArrayLiteral(keep.map(({ slug }) => slug))}::text[], ${toArrayLiteral(keep.map(({ id }) => id))}::text[]
    ) with ordinality record (slug, id, place)
    where not exists (
      select from record_changes change
      where change.session_id = ${syncId} and change.slug = record.slug and change.id = record.id
        and change.change in ('removed', 'updated')
    )
    order by record.place limit 1
  `.execute(database);
  return rows[0];
}

/** What the audit trail keeps of a waiting session. The message is left out: it may outlive the person it names. */
function describeRelease({ status, error }: Session, after: Session["status"], kept = 0) {
  const { error_code, losses } = error ?? {};
  return {
    before: { status, ...(error !== null && { error_code }), ...(losses && { losses }) },
    after: { status: after, ...(kept > 0 && { kept }) },
  };
}
