import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "../http/http-error.ts";
import type { OperationId } from "../http/operation.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { insertEntry } from "./insert-entry.ts";

/** An authorised, valid call. */
interface AuditedCall {
  operation: OperationId;
  method: string;
  key: VerifiedKey;
  url: URL;
  /** Whether it only shows what another one would change. */
  isPreview: boolean;
  /** The app in the path, if there is one. */
  appId: string | undefined;
  requestId: string;
  /** What the caller gives as its reason. */
  reason?: string | undefined;
}

type AuditDetails = components["schemas"]["AuditDetails"];

interface HandlerResponse {
  status: number;
  details?: AuditDetails;
  body?: unknown;
}

/** What was done and by which key. Kept for ever. */
export interface AuditTrail {
  /**
   * Stores a call that may change something, carries it out, and stores the status of its response. A refused call is
   * deleted again. If storing it fails, nothing is carried out; an entry without a status was interrupted.
   */
  record<Given extends HandlerResponse>(call: AuditedCall, carryOut: () => Promise<Given>): Promise<Given>;
}

/**
 * Not audited: pages and receipts, whose session shows who started it; claims, which are in the history of the task; and
 * what runners report all the time.
 */
const UNRECORDED: ReadonlySet<OperationId> = new Set(["pushPage", "putReceipt", "claimTasks", "reportRunners"]);

export function createAuditTrail(
  database: Kysely<Tables>,
  { now, logger }: { now: () => Date; logger: Logger },
): AuditTrail {
  // The call is done: a failure to store its outcome must not turn the response into an error.
  async function end(
    id: string,
    outcome: { status: number; app_id: string | null; details?: string | null },
  ): Promise<void> {
    // A refused call changed nothing.
    const isRefused = outcome.status >= 400 && outcome.status < 500;
    try {
      if (isRefused) await database.deleteFrom("audit_entries").where("id", "=", id).execute();
      else await database.updateTable("audit_entries").set(outcome).where("id", "=", id).execute();
    } catch (error) {
      logger.error({ error: toLoggable(error), id, ...outcome }, "the outcome of an audited call could not be stored");
    }
  }

  return {
    async record(call, carryOut) {
      if (call.method === "GET" || call.isPreview || UNRECORDED.has(call.operation)) return carryOut();
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
        const response = await carryOut();
        const { reason } = call;
        const given = reason === undefined ? response.details : { ...response.details, reason };
        const details = given === undefined ? null : JSON.stringify(given);
        await end(id, { status: response.status, app_id: appId ?? createdApp(call.operation, response), details });
        return response;
      } catch (error) {
        await end(id, { status: error instanceof HttpError ? error.status : 500, app_id: appId });
        throw error;
      }
    },
  };
}

/** An app that the call created. */
function createdApp(operation: OperationId, { status, body }: HandlerResponse): string | null {
  return operation === "createApp" && status === 201 ? (body as { id: string }).id : null;
}
