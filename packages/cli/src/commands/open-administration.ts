import { databaseOf, type DatabaseOptions } from "./open-database.ts";

export interface AdministrationOptions extends DatabaseOptions {
  json?: boolean;
}

/** Organisations and keys, on the database itself. The server is loaded only now: most commands do without. */
export async function openAdministration(options: DatabaseOptions) {
  const server = await import("@bridgekit/server");
  return server.openAdministration(databaseOf(options, process.env));
}
