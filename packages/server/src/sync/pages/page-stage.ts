import { hash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { runWithoutCaller } from "../../database/caller.ts";
import { toArrayLiteral } from "../../database/array-literal.ts";
import { prepared } from "../../database/prepared.ts";
import { isConflict } from "../../database/transient-error.ts";
import type { Tables } from "../../database/schema.ts";
import type { CheckedPage } from "./check-page.ts";
import type { Ref } from "./page-target.ts";

/** The session and type of a page. */
interface PageAddress {
  syncId: string;
  slug: string;
}

/**
 * A page as it is written; its lists are array literals. These are a few long texts, so the objects they were made of
 * are garbage before the first wait and cheap to collect.
 */
export interface PageRow {
  syncId: string;
  digest: string;
  slug: string;
  recordCount: number;
  ids: string;
  recordDigests: string;
  continued: string | null;
  unknownRefs: string | null;
  records: string;
  refSlugs: string;
  refIds: string;
  refNames: string;
  /** The same refs, to be remembered once the page is durable. */
  refs: readonly Ref[];
}

interface Waiting {
  row: PageRow;
  resolve: (existed: number | undefined) => void;
  reject: (error: unknown) => void;
}

// While one statement waits for the disk, the next one is prepared.
const MOST_WRITERS = 2;
const MOST_PAGES = 32;
const MOST_TRIES = 5;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Stages waiting pages in one statement: a connector has several in flight, and writing is a small part of what a small
 * statement costs.
 */
export class PageStage {
  readonly #database: Kysely<Tables>;
  readonly #waiting: Waiting[] = [];
  #writers = 0;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /**
   * Returns how many of the records existed when the session started, once the page is durable; undefined if the
   * session is not open.
   */
  add(row: PageRow): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (this.#writers < MOST_WRITERS) void runWithoutCaller(() => this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    this.#writers++;
    while (this.#waiting.length > 0) {
      // Admits the requests that the sockets have already received.
      await new Promise((resolve) => setImmediate(resolve));
      const group = this.#take();
      if (group.length > 0) await this.#write(group);
    }
    this.#writers--;
  }

  /** The first waiting pages that fit a statement. The same page twice in one statement would be an error. */
  #take(): Waiting[] {
    const taken = new Map<string, Waiting>();
    let characters = 0;
    for (const waiting of this.#waiting) {
      const { row } = waiting;
      const key = toKey(row.syncId, row.digest);
      characters += row.records.length;
      if (taken.has(key) || taken.size === MOST_PAGES || (taken.size > 0 && characters > MOST_CHARACTERS)) break;
      taken.set(key, waiting);
    }
    return this.#waiting.splice(0, taken.size);
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      const rows = group.map(({ row }) => row);
      const existed = await retryConflicts(() => insert(this.#database, rows));
      for (const { row, resolve } of group) resolve(existed.get(toKey(row.syncId, row.digest)));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

export function toRow(
  { syncId, slug }: PageAddress,
  { ids, records, continued, unknownRefs, refs }: CheckedPage,
): PageRow {
  const digests = records.map(({ digest }) => digest);
  return {
    syncId,
    digest: hash("sha256", `${slug} ${digests.join(" ")}`, "base64url"),
    slug,
    recordCount: records.length,
    ids: toArrayLiteral(ids),
    recordDigests: `{${digests.join(",")}}`,
    continued: continued === null ? null : `{${continued.join(",")}}`,
    unknownRefs: unknownRefs === null ? null : toArrayLiteral(unknownRefs),
    records: `[${records.map(({ text }) => text).join(",")}]`,
    refSlugs: toArrayLiteral(refs.map((ref) => ref.slug)),
    refIds: toArrayLiteral(refs.map(({ id }) => id)),
    refNames: toArrayLiteral(refs.map(({ name }) => name)),
    refs,
  };
}

const toKey = (syncId: string, digest: string) => `${syncId.toLowerCase()} ${digest}`;

/** Retries a single statement that conflicted with another transaction. */
async function retryConflicts<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error) || tries === MOST_TRIES) throw error;
    }
  }
}

/**
 * `for share` waits for an end in progress, and an end waits for this statement, so an acknowledged page is always part
 * of the reconciliation. A page that is sent again moves to the end, because the later page wins. Rows are written in
 * the order of their keys, so two processes that receive the same pages again don't deadlock. Pages of one statement
 * were in flight together, so none of them is later.
 */
async function insert(database: Kysely<Tables>, group: readonly PageRow[]): Promise<Map<string, number>> {
  const values = group.map(
    (row) =>
      sql`(${row.syncId}::uuid, ${row.digest}, ${row.slug}, ${row.recordCount}::int, ${row.ids}::text[],
        ${row.recordDigests}::uuid[], ${row.continued}::boolean[], ${row.unknownRefs}::text[], ${row.records}::text,
        ${row.refSlugs}::text[], ${row.refIds}::text[], ${row.refNames}::text[])`,
  );
  const columns = sql.raw(
    "session_id, digest, slug, record_count, ids, record_digests, continued, unknown_refs, records, ref_slugs, ref_ids, ref_names",
  );
  const { rows } = await sql<StagedPage>`${prepared(`stage-pages-${group.length}`)}
    insert into sync_pages (${columns})
    select page.* from (values ${sql.join(values)}) page (${columns})
    join sync_sessions session on session.id = page.session_id
    where session.status = 'in_progress'
    order by page.session_id, page.digest
    for share of session
    on conflict (session_id, digest) do update set
      first_position = coalesce(sync_pages.first_position, sync_pages.position),
      position = excluded.position
    returning session_id, digest, (
      select base_version from sync_sessions where sync_sessions.id = sync_pages.session_id
    ) as base_version
  `.execute(database);
  const staged = new Map(rows.map(({ session_id, digest }) => [toKey(session_id, digest), 0]));
  // Before a first session nothing existed.
  const later = rows.filter(({ base_version }) => base_version > 0);
  for (const { session_id, digest, existed } of await countExisting(database, later))
    staged.set(toKey(session_id, digest), existed);
  return staged;
}

interface StagedPage {
  session_id: string;
  digest: string;
  base_version: number;
}

/** How many records of each page existed when its session started. */
async function countExisting(
  database: Kysely<Tables>,
  pages: readonly StagedPage[],
): Promise<(StagedPage & { existed: number })[]> {
  if (pages.length === 0) return [];
  const places = pages.map(({ session_id, digest }) => sql`(${session_id}::uuid, ${digest})`);
  const { rows } = await sql<StagedPage & { existed: number }>`
    select page.session_id, page.digest, (
      select count(*)::int from records live
      where live.app_id = session.app_id and live.slug = page.slug and live.id = any(page.ids)
        and live.created_version <= session.base_version
    ) as existed
    from sync_pages page join sync_sessions session on session.id = page.session_id
    where (page.session_id, page.digest) in (${sql.join(places)})
  `.execute(database);
  return rows;
}
