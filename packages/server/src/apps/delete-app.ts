import type { BridgeContext } from "../bridge-context.ts";
import type { Handler } from "../http/operation.ts";
import { deleteApps } from "./delete-apps.ts";
import { findApp, noSuchApp } from "./find-app.ts";

export function createDeleteApp({ database, deletions, now }: BridgeContext): Handler<"deleteApp"> {
  return async ({ key, path }) => {
    const app = await findApp(database, key, path.app_id);
    await database.transaction().execute(async (transaction) => {
      // If the last two apps of a group are deleted at once, the later deletion sees that it is the last.
      const ofGroup = await transaction
        .selectFrom("apps")
        .select("id")
        .where("clone_group_id", "=", app.clone_group_id)
        .orderBy("id")
        .forUpdate()
        .execute();
      if (!ofGroup.some(({ id }) => id === app.id)) throw noSuchApp(app.id);
      await deleteApps(transaction, [app], now());
    });
    deletions.wake();
    const { name, removal_guard } = app;
    return { status: 204, details: { before: { name, removal_guard }, after: null } };
  };
}
