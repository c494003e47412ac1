import type { ColumnType } from "kysely";

/** Written as text, read as a value; `null` is SQL's. */
export type NullableJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;
