import { CompiledQuery } from "kysely";
import { openDatabase } from "../../src/database/open-database.ts";
import type { DatabaseOptions } from "../../src/index.ts";

/** Runs a statement on a database and returns its rows. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<Record<string, any>[]>;

/** Gives a test access to a database, on one connection; no Bridge may use it if it is a folder. */
export async function withAsk<T>(database: DatabaseOptions, use: (ask: Ask) => Promise<T>): Promise<T> {
  const opened = await openDatabase(database, () => {});
  try {
    return await opened.kysely
      .connection()
      .execute((connection) =>
        use(
          async (text, values = []) =>
            (await connection.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]))).rows,
        ),
      );
  } finally {
    await opened.close();
  }
}
