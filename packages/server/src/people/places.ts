import type { Tables } from "../database/schema.ts";

/** The format of a column that may name somebody: JSON, JSON in a text, a text, or a list of texts. */
type Form = "jsonb" | "json" | "text" | "list";

/** A table to search, and the columns that may name somebody other than the subject of the row. */
export interface Place {
  table: keyof Tables;
  /** The columns of the order with their types; unique together. An index begins with them. */
  key: readonly (readonly [column: string, type: string])[];
  /** The key column that selects the rows of one app or organisation; absent if there is none. */
  scope?: "app_id" | "org_id";
  columns: Readonly<Record<string, Form>>;
}

/** No other column contains what a system or a person wrote; a test goes through all tables and columns. */
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
