import type { TestProject } from "vitest/node";
import { type DatabasePlaces, openDatabasePlaces } from "./database-places.ts";

declare module "vitest" {
  interface ProvidedContext {
    databasePlaces: DatabasePlaces;
  }
}

/** Prepares once what every test file needs: a PGlite folder and a real PostgreSQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { close, ...places } = await openDatabasePlaces();
  project.provide("databasePlaces", places);
  return close;
}
