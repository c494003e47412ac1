import { SalesforceError } from "./salesforce-error.ts";

type Json = Record<string, unknown>;

interface Cursor {
  session: string;
  records: readonly Json[];
  pageSize: number;
}

/** The caller, and the path of the API version for the link to the next page. */
interface Place {
  root: string;
  session: string;
}

// The minimum for smaller requests.
const MIN_PAGE = 200;

/**
 * Results of queries with more than one page. Each keeps its rows, whatever changes, and expires with its session.
 */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();
  readonly #maxPage: number;
  #nextNumber = 1;

  constructor(maxPage: number) {
    this.#maxPage = maxPage;
  }

  /** Returns the first page of a result; `wanted` is the requested page size. */
  open({ root, session }: Place, records: readonly Json[], wanted = Infinity): Json {
    const pageSize = Math.min(this.#maxPage, Math.max(MIN_PAGE, wanted));
    if (records.length <= pageSize) return { totalSize: records.length, done: true, records };
    const id = `01gRO${String(this.#nextNumber++).padStart(10, "0")}YA2`;
    this.#cursors.set(id, { session, records, pageSize });
    return this.page({ root, session }, `${id}-0`);
  }

  /** Returns the page of a locator, an id and a position: `01gRO0000016PIAYA2-500`. */
  page({ root, session }: Place, locator: string): Json {
    const [id = "", start = ""] = locator.split("-");
    const cursor = this.#cursors.get(id);
    if (cursor?.session !== session || !/^\d+$/.test(start))
      throw new SalesforceError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    const { records, pageSize } = cursor;
    const end = Number(start) + pageSize;
    const isDone = end >= records.length;
    return {
      totalSize: records.length,
      done: isDone,
      ...(!isDone && { nextRecordsUrl: `${root}/query/${id}-${end}` }),
      records: records.slice(Number(start), end),
    };
  }
}
