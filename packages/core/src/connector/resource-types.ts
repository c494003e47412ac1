import type { AccountFields, GroupRecord, Kind, LicenseRecord, Ref } from "@bridgekit/client";

/** What a connector can sync, by slug (`^[a-z][a-z0-9_-]{0,62}$`). */
export type ResourceTypes = Readonly<Record<string, ResourceTypeDefinition>>;

interface ResourceTypeDefinition {
  /** The kind of the records. */
  readonly type: Kind;
  /** Shown to people, in the singular: "Department". */
  readonly name: string;
}

export type SlugOf<Types extends ResourceTypes, Of extends Kind> = {
  [Slug in keyof Types & string]: Types[Slug]["type"] extends Of ? Slug : never;
}[keyof Types & string];

/** The slugs that an account may refer to. */
export type RefSlugOf<Types extends ResourceTypes> = SlugOf<Types, "group" | "license">;

/** Refs by the slugs of one kind, for `memberships` and `assignments`. */
type RefsOf<Types extends ResourceTypes, Of extends Kind> = {
  readonly [Slug in SlugOf<Types, Of>]?: readonly Ref[];
};

type Addressed = { email: string; username?: string } | { email?: string; username: string };

/** An account as a connector yields it: with an `email`, a `username` or both, and refs to declared types only. */
type AccountOf<Types extends ResourceTypes> = Omit<
  AccountFields,
  "email" | "username" | "memberships" | "assignments" | "unknown_refs"
> &
  Addressed & {
    memberships?: RefsOf<Types, "group">;
    assignments?: RefsOf<Types, "license">;
    /**
     * Types whose refs could not be read for this account. It keeps those that the Bridge knows; refs of these types that
     * it yields are added.
     */
    unknown_refs?: readonly RefSlugOf<Types>[];
  };

/** The record that the stream of a slug yields. */
export type RecordOf<Types extends ResourceTypes, Slug extends keyof Types> = {
  account: AccountOf<Types>;
  group: GroupRecord;
  license: LicenseRecord;
}[Types[Slug]["type"]];

// An account may only refer to what already has a name.
const PUSH_ORDER: readonly Kind[] = ["group", "license", "account"];

/** The slugs of resource types in the order in which a sync reads them: groups, licenses, accounts. */
export function slugsInPushOrder(types: Readonly<Record<string, { type: Kind }>>): string[] {
  return PUSH_ORDER.flatMap((kind) => Object.keys(types).filter((slug) => types[slug]!.type === kind));
}
