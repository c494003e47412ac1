import { changeOf } from "../audit/change-of.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Handler } from "../http/operation.ts";
import { findApp } from "./find-app.ts";
import { lockApp } from "./lock-app.ts";

export function createSetCapabilities({ database }: BridgeContext): Handler<"setCapabilities"> {
  return async ({ key, path, body: { connector, version, actions, grantable, advice } }) => {
    const { id } = await findApp(database, key, path.app_id);
    const after = { connector, version, actions, grantable, advice };
    const { capabilities: before } = await database.transaction().execute(async (transaction) => {
      const locked = await lockApp(transaction, id);
      await transaction
        .updateTable("apps")
        .set({ capabilities: JSON.stringify(after) })
        .where("id", "=", id)
        .execute();
      return locked;
    });
    return { status: 204, details: before === null ? { before, after } : changeOf(before, after) };
  };
}
