import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "../http/http-error.ts";
import type { OperationId } from "../http/operation.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { insertEntry } from "./insert-entry.ts";

/** A call that is authorised and valid. */
interface AuditedCall {
  operation: OperationId;
  method: string;
  key: VerifiedKey;
  url: URL;
  /** Of the app in the path, where there is one. */
  appId: string | undefined;
  requestId: string;
}

type AuditDetails = components["schemas"]["AuditDetails"];

interface Answer {
  status: number;
  details?: AuditDetails;
  body?: unknown;
}

/** What was done, and by which key; kept for good. */
export interface AuditTrail {
  /**
   * Writes down a call that may change something, carries it out, and writes down how it was answered; one that was
   * refused is struck out again. Where the first fails nothing is carried out; an entry without a status was cut off in
   * between.
   */
  record<Given extends Answer>(call: AuditedCall, carryOut: () => Promise<Given>): Promise<Given>;
}

/**
 * A sync pushes pages by the thousand, and its session says who started it; so does it of its receipt, which never
 * changes. A claim is in the history of its task.
 */
const UNRECORDED: ReadonlySet<OperationId> = new Set(["pushPage", "putReceipt", "claimTasks"]);

export function createAuditTrail(
  database: Kysely<Tables>,
  { now, logger }: { now: () => Date; logger: Logger },
): AuditTrail {
  // What was done is done: that its outcome could not be written down must not turn its answer into an error.
  async function end(
    id: string,
    outcome: { status: number; app_id: string | null; details?: string | null },
  ): Promise<void> {
    // A call that was refused changed nothing.
    const isRefused = outcome.status >= 400 && outcome.status < 500;
    try {
      if (isRefused) await database.deleteFrom("audit_entries").where("id", "=", id).execute();
      else await database.updateTable("audit_entries").set(outcome).where("id", "=", id).execute();
    } catch (error) {
      logger.error({ error: toLoggable(error), id, ...outcome }, "the outcome of an audited call was not written down");
    }
  }

  return {
    async record(call, carryOut) {
      if (call.method === "GET" || UNRECORDED.has(call.operation)) return carryOut();
      const appId = call.appId ?? null;
      const id = await insertEntry(database, {
        org_id: call.key.orgId,
        at: now(),
        key_id: call.key.id,
        key_name: call.key.name,
        operation: call.operation,
        path: call.url.pathname.replace(/^\/org\/[^/]+/, ""),
        app_id: appId,
        status: null,
        request_id: call.requestId,
      });
      try {
        const answer = await carryOut();
        const details = answer.details === undefined ? null : JSON.stringify(answer.details);
        await end(id, { status: answer.status, app_id: appId ?? createdApp(call.operation, answer), details });
        return answer;
      } catch (error) {
        await end(id, { status: error instanceof HttpError ? error.status : 500, app_id: appId });
        throw error;
      }
    },
  };
}

/** An app that did not exist when the call came in. */
function createdApp(operation: OperationId, { status, body }: Answer): string | null {
  return operation === "createApp" && status === 201 ? (body as { id: string }).id : null;
}
