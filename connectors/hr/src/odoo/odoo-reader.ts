import { UpstreamError } from "@bridgekit/core";

export type Condition = readonly [field: string, operator: string, value: unknown];
/** Conditions that all hold; `"|"` joins the next two by "or". */
type Domain = readonly (Condition | "|")[];

/** Makes a call that changes nothing: `POST /json/2/{model}/{method}` with named arguments. */
type Read = <T>(model: string, method: string, args: object) => Promise<T>;

/** Rows per call. A page of users costs one more call, for their employees. */
const PAGE_SIZE = 1000;
/** How often in a row an empty answer may contradict Odoo's own count. */
const MAX_EMPTY_ANSWERS = 3;

// Odoo hides archived rows unless `active_test` is false.
const CONTEXT = { active_test: false };

/** Reads lists of an Odoo, archived rows included, and has each list prove its end. `system` is for messages. */
export function createOdooReader(system: string, read: Read) {
  function unusable(message: string): UpstreamError {
    return new UpstreamError(`${system} ${message}`, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
  }

  /** The rows as Odoo answers them, an empty list unquestioned. */
  async function search<Row>(model: string, domain: Domain, fields: readonly string[], limit?: number): Promise<Row[]> {
    const args = { domain, fields, context: CONTEXT, order: "id", ...(limit !== undefined && { limit }) };
    const rows = await read<unknown>(model, "search_read", args);
    if (!Array.isArray(rows))
      throw unusable(`answered POST /json/2/${model}/search_read with something that is no list`);
    return rows;
  }

  async function count(model: string, domain: Domain, context: object = CONTEXT): Promise<number> {
    const total = await read<unknown>(model, "search_count", { domain, context });
    if (!Number.isInteger(total))
      throw unusable(`answered POST /json/2/${model}/search_count with something that is no number`);
    return total as number;
  }

  /**
   * The rows after an id. None only where Odoo counts none either: an empty answer taken for the end of a list would
   * remove everybody who comes after it. What is counted is the rest of the list and not the whole, so that rows
   * created or deleted during the read don't matter: one that is created right now is read.
   */
  async function rowsAfter<Row>(
    last: number,
    model: string,
    domain: Domain,
    fields: readonly string[],
    limit?: number,
  ): Promise<Row[]> {
    const rest: Domain = [...domain, ["id", ">", last]];
    for (let emptyAnswers = 1; ; emptyAnswers++) {
      const rows = await search<Row>(model, rest, fields, limit);
      if (rows.length > 0) return rows;
      const remaining = await count(model, rest);
      if (remaining === 0) return [];
      if (emptyAnswers === MAX_EMPTY_ANSWERS)
        throw unusable(`ended the list of ${model} before its end: after id ${last}, ${remaining} rows remain unread`);
    }
  }

  /**
   * Every row, by ascending id. Each page begins after the last id of the one before, so a row that is deleted
   * meanwhile shifts nothing; only an empty page ends the list.
   */
  async function* pages<Row extends { id: number }>(model: string, domain: Domain, fields: readonly string[]) {
    for (let last = 0; ;) {
      const rows = await rowsAfter<Row>(last, model, domain, fields, PAGE_SIZE);
      if (rows.length === 0) return;
      for (const { id } of rows) {
        if (!(id > last)) throw unusable(`listed ${model} out of order: id ${id} after ${last}`);
        last = id;
      }
      yield rows;
    }
  }

  return {
    search,
    count,
    pages,

    /** All rows in one call, for domains that match few. */
    all: <Row>(model: string, domain: Domain, fields: readonly string[]) => rowsAfter<Row>(0, model, domain, fields),

    async *rows<Row extends { id: number }>(model: string, fields: readonly string[]): AsyncGenerator<Row> {
      for await (const page of pages<Row>(model, [], fields)) yield* page;
    },
  };
}
