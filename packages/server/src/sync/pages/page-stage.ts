import { hash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { runForNobody } from "../../database/caller.ts";
import { toArrayLiteral } from "../../database/array-literal.ts";
import { prepared } from "../../database/prepared.ts";
import { isConflict } from "../../database/transient-error.ts";
import type { Tables } from "../../database/schema.ts";
import type { CheckedPage } from "./check-page.ts";
import type { Ref } from "./page-target.ts";

/** Where a page belongs. */
interface PageAddress {
  syncId: string;
  slug: string;
}

/**
 * A page as it is written; its lists are array literals. A few long texts: what they were made of is garbage before
 * anything is waited for, and so costs next to nothing to collect.
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

// While one statement waits for the disk, the next one is worked on.
const MOST_WRITERS = 2;
const MOST_PAGES = 32;
const MOST_TRIES = 5;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Stages pages, those that wait at the same time in one statement: a connector has several on their way, and most of
 * what a small statement costs is not the writing.
 */
export class PageStage {
  readonly #database: Kysely<Tables>;
  readonly #waiting: Waiting[] = [];
  #writers = 0;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  /**
   * Answers how many of the records existed when the session started; undefined if the session is not open. The page
   * is durable then.
   */
  add(row: PageRow): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (this.#writers < MOST_WRITERS) void runForNobody(() => this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    this.#writers++;
    while (this.#waiting.length > 0) {
      // Lets in what the sockets hold already.
      await new Promise((resolve) => setImmediate(resolve));
      const group = this.#take();
      if (group.length > 0) await this.#write(group);
    }
    this.#writers--;
  }

  /** The first in the line, as many as fit a statement; the same page twice would be an error there. */
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

/** Repeats a statement of its own transaction that met another one. */
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
 * `for share` waits for an end that is being written, and an end waits for us: so an acknowledged page is always part
 * of the reconciliation. A page sent again moves to the end of the line, because the later page wins. Rows are
 * written in the order of their key, whatever order they came in: so two processes that are sent the same pages again
 * don't wait for each other. Pages in one statement were on their way together, so none is the later one.
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
  // Of a first session nothing existed.
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
