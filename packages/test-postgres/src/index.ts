export { createDatabase, type FreshDatabase } from "./create-database.ts";
export { startPostgres, type TestPostgres } from "./start-postgres.ts";
