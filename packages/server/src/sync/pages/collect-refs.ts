import type { components } from "@bridgekit/client";

type RefMap = components["schemas"]["RefMap"];
type Refs = Partial<Record<"memberships" | "assignments", RefMap>>;

/** A group or license that an account refers to. */
export interface Ref {
  slug: string;
  id: string;
  name: string | null;
}

/**
 * What the accounts of a page refer to, each once. Collected here, where the records are at hand anyway: the fold
 * would have to look into every ref of every account. So a ref counts as told in the session even where a later page
 * overtakes its account, which errs on the side of removing nothing.
 */
export function collectRefs(records: readonly object[]): Ref[] {
  const refs = new Map<string, Map<string, Ref>>();
  for (const record of records as readonly Refs[])
    for (const field of ["memberships", "assignments"] as const) {
      const map = record[field];
      for (const slug in map) {
        let known = refs.get(slug);
        if (known === undefined) refs.set(slug, (known = new Map()));
        for (const { id, name } of map[slug] ?? []) {
          const ref = known.get(id);
          if (ref === undefined) known.set(id, { slug, id, name: name ?? null });
          else ref.name ??= name ?? null;
        }
      }
    }
  const all: Ref[] = [];
  for (const known of refs.values()) all.push(...known.values());
  return all;
}
