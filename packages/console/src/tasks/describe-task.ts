import type { Ref, Task } from "@bridgekit/client";

/** Whom a task is about; `known` is what the record of the account is called. */
export function toAccountName({ payload: { account } }: Pick<Task, "payload">, known?: string): string {
  const whole = [account.first_name, account.last_name].filter(Boolean).join(" ");
  return (
    [account.display_name, whole, known, account.email, account.username].find(
      (name) => name !== undefined && name !== "",
    ) ?? account.id
  );
}

/** What a task gives and takes: `+ Engineering`, `− Support`. */
export function describeRefs({ payload: { memberships = {}, changes = {} } }: Pick<Task, "payload">): string[] {
  const added = Object.values(changes).flatMap(({ added = [] }) => added);
  const removed = Object.values(changes).flatMap(({ removed = [] }) => removed);
  const nameOf = ({ id, name }: Ref) => name ?? id;
  return [
    ...[...Object.values(memberships).flat(), ...added].map((ref) => `+ ${nameOf(ref)}`),
    ...removed.map((ref) => `− ${nameOf(ref)}`),
  ];
}
