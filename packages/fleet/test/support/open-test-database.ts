import { createDatabase } from "@bridgekit/test-postgres";
import { inject } from "vitest";
import { openDatabase, type FleetDatabase } from "../../src/database/open-database.ts";

/** A fleet's database of its own, dropped when it is closed. */
export async function openTestDatabase(): Promise<FleetDatabase & AsyncDisposable & { url: string }> {
  const { url, drop } = await createDatabase(inject("postgresUrl"));
  const database = await openDatabase({ url, onError: () => {} });
  return {
    ...database,
    url,
    async [Symbol.asyncDispose]() {
      await database.close();
      await drop();
    },
  };
}
