import type { Ref, RefChange, TaskAction, TaskPayload } from "@bridgekit/client";

/** What was picked of each resource type, by slug. */
export type RefChoices = Readonly<Record<string, { added: readonly Ref[]; removed: readonly Ref[] }>>;

interface Form {
  accountId: string;
  refs: RefChoices;
  /** The text of a field of the form. */
  valueOf: (name: string) => string;
}

const FIELDS = ["first_name", "last_name", "email", "username"] as const;

/** The payload of a task, from what was entered. */
export function toPayload(action: TaskAction, { accountId, refs, valueOf }: Form): TaskPayload {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, valueOf(name)]).filter(([, value]) => value !== ""));
  const account = { id: accountId.trim(), ...fields };
  const picked = Object.entries(refs).filter(([, { added, removed }]) => added.length + removed.length > 0);
  if (picked.length === 0) return { account };
  if (action === "create_account")
    return { account, memberships: Object.fromEntries(picked.map(([slug, { added }]) => [slug, [...added]])) };
  const changes = picked.map(([slug, { added, removed }]): [string, RefChange] => [
    slug,
    { added: [...added], removed: [...removed] },
  ]);
  return { account, changes: Object.fromEntries(changes) };
}
