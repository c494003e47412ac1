export { createDatabase, type FreshDatabase } from "./create-database.ts";
export { freePort, startPostgres, type TestPostgres } from "./start-postgres.ts";
