import { findApp } from "../apps/find-app.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { findSession } from "./find-session.ts";

const MOST_BYTES = 64 * 1024;

export function createPutReceipt({ database }: BridgeContext): Handler<"putReceipt"> {
  return async ({ key, path, body }) => {
    const app = await findApp(database, key, path.app_id);
    const receipt = JSON.stringify(body);
    const bytes = Buffer.byteLength(receipt);
    if (bytes > MOST_BYTES) return problem(413, `The receipt has ${bytes} bytes; at most ${MOST_BYTES} are allowed.`);
    const session = await findSession(database, app.id, path.sync_id);
    // A receipt that is sent again after a lost response equals the stored one.
    const { numUpdatedRows } = await database
      .updateTable("sync_sessions")
      .set({ receipt })
      .where("id", "=", session.id)
      .where("app_id", "=", app.id)
      .where((row) =>
        row.or([row("receipt", "is", null), row("receipt", "=", row.cast<never>(row.val(receipt), "jsonb"))]),
      )
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return problem(409, "The session already has a different receipt.");
    return { status: 204 };
  };
}
