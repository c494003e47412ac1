import type { BridgeContext } from "../bridge-context.ts";
import { CallerGoneError, currentCaller, runFor } from "../database/caller.ts";
import { InvalidKeyError, type VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { type Cell, toCsvRow } from "./csv.ts";

export type ExportFormat = "csv" | "json";

/** What an export is made of: a table, and each row as it is returned elsewhere. */
export interface ExportRows<Row> {
  name: string;
  pages: AsyncGenerator<readonly Row[]>;
  columns: readonly { title: string; of: (row: Row) => Cell }[];
}

/**
 * Streams a list to its end: as CSV, or as one JSON object in each line. A stream that fails, or of which the key is
 * revoked meanwhile, breaks off, so that a part is not taken for the whole.
 */
export function streamExport<Row>(
  {
    authenticator,
    callLimits,
    logger,
    unread,
  }: Pick<BridgeContext, "authenticator" | "callLimits" | "logger" | "unread">,
  { key, format }: { key: VerifiedKey; format: ExportFormat },
  { name, pages: found, columns }: ExportRows<Row>,
) {
  const end = callLimits.take(key.id, "streams");
  const pages = whileValid(found, () => authenticator.recheck(key));
  const caller = currentCaller();
  const encoder = new TextEncoder();
  const chunks = format === "csv" ? toCsv(pages, columns) : toLines(pages);
  let isLeft = false;
  let read = () => {};
  const close = () => {
    read();
    end();
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          // The client wants more, so it has read the part before.
          read();
          const { value, done } = await runFor(caller, () => chunks.next());
          if (isLeft) return;
          if (!done) {
            const bytes = encoder.encode(value);
            read = unread.take(key.orgId, bytes.byteLength);
            return controller.enqueue(bytes);
          }
          close();
          controller.close();
        } catch (error) {
          close();
          // Whoever has had enough of an export leaves it.
          if (isLeft) return;
          const isOfCaller = error instanceof CallerGoneError || error instanceof InvalidKeyError;
          if (!isOfCaller) logger.warn({ error: toLoggable(error) }, "an export broke off");
          controller.error(error);
        }
      },
      async cancel() {
        isLeft = true;
        close();
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  const file = format === "csv" ? `${name}.csv` : `${name}.ndjson`;
  return {
    status: 200,
    headers: { "cache-control": "no-store", "content-disposition": `attachment; filename="${file}"` },
    mediaType: format === "csv" ? "text/csv" : "application/x-ndjson",
    stream,
  } as const;
}

/** The pages, each after a look at the caller: an export outlives its first check. */
async function* whileValid<Row>(
  pages: AsyncGenerator<readonly Row[]>,
  recheck: () => Promise<void>,
): AsyncGenerator<readonly Row[]> {
  for await (const page of pages) {
    await recheck();
    yield page;
  }
}

async function* toCsv<Row>(
  pages: AsyncGenerator<readonly Row[]>,
  columns: ExportRows<Row>["columns"],
): AsyncGenerator<string, undefined> {
  // A spreadsheet takes UTF-8 for what it is by the mark at the beginning.
  yield `\uFEFF${toCsvRow(columns.map(({ title }) => title))}`;
  for await (const page of pages) yield page.map((row) => toCsvRow(columns.map(({ of }) => of(row)))).join("");
  return undefined;
}

async function* toLines<Row>(pages: AsyncGenerator<readonly Row[]>): AsyncGenerator<string, undefined> {
  for await (const page of pages) yield page.map((row) => `${JSON.stringify(row)}\n`).join("");
  return undefined;
}
