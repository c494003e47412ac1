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
  const refs = new Map<string, Ref>();
  for (const record of records as readonly Refs[])
    for (const field of ["memberships", "assignments"] as const)
      for (const [slug, list] of Object.entries(record[field] ?? {}))
        for (const { id, name } of list) {
          const key = `${slug}/${id}`;
          const known = refs.get(key);
          if (known === undefined) refs.set(key, { slug, id, name: name ?? null });
          else known.name ??= name ?? null;
        }
  return [...refs.values()];
}
