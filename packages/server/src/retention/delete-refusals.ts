import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";

const REFUSALS_PER_STEP = 1_000;

/** Deletes what the audit trail has of calls that were refused before `cutoff`; yields how many after each step. */
export async function* deleteRefusals(database: Kysely<Tables>, cutoff: Date): AsyncGenerator<number> {
  for (let deleted = REFUSALS_PER_STEP; deleted === REFUSALS_PER_STEP;) {
    const { numDeletedRows } = await database
      .deleteFrom("audit_entries")
      .where("id", "in", (query) =>
        query
          .selectFrom("audit_entries")
          .select("id")
          .where("refused_at", "<", cutoff)
          .orderBy("refused_at")
          .limit(REFUSALS_PER_STEP),
      )
      .executeTakeFirst();
    deleted = Number(numDeletedRows);
    yield deleted;
  }
}
