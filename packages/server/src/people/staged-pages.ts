import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { accountRows, type AppAccounts } from "./accounts.ts";

/** What is stored for each record of a page, beside its text. */
interface Page {
  session_id: string;
  digest: string;
  position: number;
  slug: string;
  ids: string[];
  record_digests: string[];
  continued: boolean[] | null;
  unknown_refs: (string | null)[] | null;
  records: string;
}

/**
 * Removes the accounts from staged pages, and returns the number of removed records. A page keeps its digest, so the
 * same page sent again stays without them. Skips pages that are being deleted.
 */
export async function takeOutStaged(transaction: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<number> {
  const { rows: pages } = await sql<Page>`
    select page.session_id, page.digest, page.position, page.slug, page.ids, page.record_digests, page.continued,
      page.unknown_refs, page.records
    from sync_pages page join sync_sessions session on session.id = page.session_id
    where session.app_id = ${appId}
      and exists (select from ${accountRows(accounts)} where account.slug = page.slug and account.id = any(page.ids))
    for update of page skip locked
  `.execute(transaction);
  let count = 0;
  for (const page of pages) count += await takeOut(transaction, page, accounts);
  return count;
}

async function takeOut(transaction: Kysely<Tables>, page: Page, accounts: AppAccounts["accounts"]): Promise<number> {
  const gone = new Set(accounts.filter(({ slug }) => slug === page.slug).map(({ id }) => id));
  const isKept = (_: unknown, index: number) => !gone.has(page.ids[index]!);
  const records = JSON.parse(page.records) as unknown[];
  await transaction
    .updateTable("sync_pages")
    .set({
      ids: page.ids.filter(isKept),
      record_digests: page.record_digests.filter(isKept),
      continued: page.continued?.filter(isKept) ?? null,
      unknown_refs: page.unknown_refs?.filter(isKept) ?? null,
      record_count: page.ids.filter(isKept).length,
      records: JSON.stringify(records.filter(isKept)),
    })
    .where("session_id", "=", page.session_id)
    .where("digest", "=", page.digest)
    .execute();
  const places = page.ids.flatMap((id, index) => (gone.has(id) ? [index + 1] : []));
  await closeGaps(transaction, page, places);
  return places.length;
}

/** The changes of a held session refer to places in the page: later records move up. */
async function closeGaps(transaction: Kysely<Tables>, page: Page, places: readonly number[]): Promise<void> {
  await sql`
    update record_changes set ordinal = ordinal - (select count(*)::int from unnest(${places}::int[]) place where place < ordinal)
    where session_id = ${page.session_id} and position = ${page.position}
  `.execute(transaction);
}
