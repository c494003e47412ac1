import { sql } from "kysely";

/** Which apps: of one organisation, by their keys, or all. */
export interface AppChoice {
  org?: string | undefined;
  keys?: readonly string[] | undefined;
}

/** The condition for rows of `apps`. */
export function chosen({ org, keys }: AppChoice) {
  return sql`(${org ?? null}::text is null or org = ${org ?? null}::text)
    and (${keys ? [...keys] : null}::text[] is null or key = any(${keys ? [...keys] : null}::text[]))`;
}
