import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { deleteRows } from "../deletion/delete-some.ts";
import { HttpError } from "../http/http-error.ts";
import { seal, unseal } from "../seal.ts";

/** How long a key returns the stored response. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * The response to a new API key holds a secret of which the database keeps no more than a hash. So a response is sealed
 * with the secret that its caller sends with each call, which is not stored.
 */
const PURPOSE = "bridgekit idempotent answer";

/** A stored response. */
export interface StoredResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

/**
 * Stores the response of a call in the transaction of its changes: neither exists without the other. Call it last; does
 * nothing without an `Idempotency-Key`.
 */
export type Remember = (transaction: Kysely<Tables>, response: StoredResponse) => Promise<void>;

/** A call with an `Idempotency-Key`. */
export interface IdempotentCall {
  keyId: string;
  operation: string;
  idempotencyKey: string;
  /** Path, query and body as sent. */
  request: readonly unknown[];
  /** What proves the caller, and has been checked: the `Authorization` or the cookie. */
  secret: string;
}

/** Carries out a call once per `Idempotency-Key` and returns the same response to repeated calls. */
export async function respondOnce<Given extends StoredResponse>(
  { database, now }: { database: Kysely<Tables>; now: () => Date },
  call: IdempotentCall,
  carryOut: (remember: Remember) => Promise<Given>,
): Promise<Given | StoredResponse> {
  const expired = new Date(now().getTime() - LIFETIME_MS);
  const place = { key_id: call.keyId, operation: call.operation, idempotency_digest: digest(call.idempotencyKey) };
  const requestDigest = digest(JSON.stringify(call.request));

  async function findKept(): Promise<StoredResponse | undefined> {
    const kept = await database
      .selectFrom("idempotent_responses")
      .select(["request_digest", "response"])
      .where("key_id", "=", place.key_id)
      .where("operation", "=", place.operation)
      .where("idempotency_digest", "=", place.idempotency_digest)
      .where("created_at", ">", expired)
      .executeTakeFirst();
    if (kept === undefined) return undefined;
    if (kept.response !== "" && kept.request_digest !== requestDigest)
      throw new HttpError(
        422,
        `Idempotency-Key: "${call.idempotencyKey}" came with another request within the last 24 hours; use a new one for each call`,
      );
    if (kept.response === "")
      throw new HttpError(
        409,
        "The call was carried out, and its result was erased later with the person it was about.",
      );
    return JSON.parse(unseal(kept.response, call.secret, PURPOSE)) as StoredResponse;
  }

  const kept = await findKept();
  if (kept !== undefined) return kept;
  try {
    return await carryOut(async (transaction, response) => {
      const row = {
        request_digest: requestDigest,
        response: seal(JSON.stringify(response), call.secret, PURPOSE),
        made_id: madeId(response),
        created_at: now(),
      };
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto("idempotent_responses")
        .values({ ...place, ...row })
        .onConflict((conflict) =>
          conflict
            .columns(["key_id", "operation", "idempotency_digest"])
            .doUpdateSet(row)
            .where("idempotent_responses.created_at", "<=", expired),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) throw new RespondedMeanwhile();
    });
  } catch (error) {
    // Another call with the same key ran at the same time; this one was rolled back.
    const other = error instanceof RespondedMeanwhile ? await findKept() : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

function madeId({ body }: StoredResponse): string | null {
  const { id } = (body ?? {}) as { id?: unknown };
  return typeof id === "string" ? id : null;
}

class RespondedMeanwhile extends HttpError {
  constructor() {
    super(409, "Another call with the same Idempotency-Key is being carried out; try again.");
  }
}

/** Deletes expired responses, and yields the number after each step. */
export function deleteExpiredResponses(database: Kysely<Tables>, now: Date): AsyncGenerator<number> {
  const expired = new Date(now.getTime() - LIFETIME_MS);
  const key = ["created_at", "key_id", "operation", "idempotency_digest"];
  return deleteRows(database, { table: "idempotent_responses", scope: sql`created_at <= ${expired}`, key });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
