import type { components, Ref, Task } from "@bridgekit/client";
import { toRefName } from "../records/record-name.ts";

type Names = Pick<components["schemas"]["AppTask"], "account_name" | "ref_names">;

/** Whom a task is about; `known` is what the record of the account is called. */
export function toAccountName({ payload: { account } }: Pick<Task, "payload">, known?: string): string {
  const whole = [account.first_name, account.last_name].filter(Boolean).join(" ");
  return (
    [account.display_name, whole, known, account.email, account.username].find(
      (name) => name !== undefined && name !== "",
    ) ?? account.id
  );
}

/** What a task gives and takes: `+ Engineering`, `− Support`; `known` are names of refs that come without one. */
export function describeRefs(
  { payload: { memberships = {}, changes = {} } }: Pick<Task, "payload">,
  known: Names["ref_names"] = [],
): string[] {
  const describe = (sign: string, slug: string, refs: readonly Ref[] = []) =>
    refs.map((ref) => `${sign} ${toRefName(slug, ref, known)}`);
  const changed = Object.entries(changes);
  return [
    ...Object.entries(memberships).flatMap(([slug, refs]) => describe("+", slug, refs)),
    ...changed.flatMap(([slug, { added }]) => describe("+", slug, added)),
    ...changed.flatMap(([slug, { removed }]) => describe("−", slug, removed)),
  ];
}
