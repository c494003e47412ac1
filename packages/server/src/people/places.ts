import type { Tables } from "../database/schema.ts";

/** How a column holds text that may name somebody: as JSON, as JSON in a text, as a text, or as a list of texts. */
type Form = "jsonb" | "json" | "text" | "list";

/** A table whose rows are looked through, and the columns that may name somebody who is not whom the row is about. */
export interface Place {
  table: keyof Tables;
  /** What the rows are ordered by, with the type of each column; no two rows have the same. An index begins with it. */
  key: readonly (readonly [column: string, type: string])[];
  /** The column of the key by which the rows of one app or organisation are found; absent where there is none. */
  scope?: "app_id" | "org_id";
  columns: Readonly<Record<string, Form>>;
}

/** Beside these, no column holds what a system or a person wrote: a test goes through all tables and columns. */
export const PLACES = {
  records: {
    table: "records",
    key: [
      ["app_id", "uuid"],
      ["slug", "text"],
      ["id", "text"],
    ],
    scope: "app_id",
    columns: { data: "jsonb" },
  },
  tasks: {
    table: "tasks",
    key: [
      ["app_id", "uuid"],
      ["execute_after", "timestamptz"],
      ["sequence", "bigint"],
    ],
    scope: "app_id",
    columns: { payload: "jsonb", result: "jsonb", error: "jsonb" },
  },
  sessions: {
    table: "sync_sessions",
    key: [
      ["app_id", "uuid"],
      ["sequence", "bigint"],
    ],
    scope: "app_id",
    columns: { error: "jsonb", receipt: "jsonb" },
  },
  audit: {
    table: "audit_entries",
    key: [
      ["org_id", "uuid"],
      ["at", "timestamptz"],
      ["id", "uuid"],
    ],
    scope: "org_id",
    columns: { path: "text", details: "jsonb" },
  },
  changes: {
    table: "record_changes",
    key: [
      ["session_id", "uuid"],
      ["slug", "text"],
      ["id", "text"],
    ],
    columns: { before: "jsonb", after: "jsonb" },
  },
  pages: {
    table: "sync_pages",
    key: [
      ["session_id", "uuid"],
      ["digest", "text"],
    ],
    columns: { records: "json", ref_names: "list" },
  },
} as const satisfies Record<string, Place>;
