import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { accountRows, type AppAccounts } from "./accounts.ts";

/** Removes the accounts from the examples of wrong records in the receipts of the app's sessions. */
export async function forgetInReceipts(transaction: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<void> {
  await sql`
    update sync_sessions session set receipt = session.receipt
      || jsonb_build_object('bad_records', ${withoutIds("bad_records", accounts)})
      || jsonb_build_object('bad_fields', ${withoutIds("bad_fields", accounts)})
    where session.app_id = ${appId} and session.receipt is not null and exists (
      select from jsonb_array_elements(
        coalesce(session.receipt -> 'bad_records', '[]') || coalesce(session.receipt -> 'bad_fields', '[]')
      ) fault
      cross join lateral jsonb_array_elements_text(coalesce(fault -> 'ids', '[]')) example
      join ${accountRows(accounts)} on account.slug = fault ->> 'slug' and account.id = example
    )
  `.execute(transaction);
}

function withoutIds(list: "bad_records" | "bad_fields", accounts: AppAccounts["accounts"]) {
  return sql`(
    select coalesce(jsonb_agg(
      case when fault ? 'ids' then fault || jsonb_build_object('ids', (
        select coalesce(jsonb_agg(example), '[]') from jsonb_array_elements_text(fault -> 'ids') example
        where not exists (
          select from ${accountRows(accounts)} where account.slug = fault ->> 'slug' and account.id = example
        )
      )) else fault end
    ), '[]') from jsonb_array_elements(coalesce(session.receipt -> ${sql.lit(list)}, '[]')) fault
  )`;
}
