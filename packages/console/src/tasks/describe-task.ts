import type { components, Ref, Task } from "@bridgekit/client";

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
  const describe = (sign: string, bySlug: readonly (readonly [string, readonly Ref[] | undefined])[]) =>
    bySlug.flatMap(([slug, refs = []]) =>
      refs.map(({ id, name }) => {
        const found = known.find((ref) => ref.slug === slug && ref.id === id);
        return `${sign} ${name ?? found?.name ?? id}`;
      }),
    );
  const changed = Object.entries(changes);
  return [
    ...describe("+", Object.entries(memberships)),
    ...describe(
      "+",
      changed.map(([slug, { added }]) => [slug, added] as const),
    ),
    ...describe(
      "−",
      changed.map(([slug, { removed }]) => [slug, removed] as const),
    ),
  ];
}
