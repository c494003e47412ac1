export { createDatabase, type FreshDatabase } from "./create-database.ts";
export { createSchemaSlowly } from "./create-schema-slowly.ts";
export { makeFolder } from "./make-folder.ts";
export { freePort, startPostgres, type TestPostgres } from "./start-postgres.ts";
