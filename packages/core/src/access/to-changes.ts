import type { Ref, RefChange } from "@bridgekit/client";
import { TaskError } from "../errors/task-error.ts";
import type { Access, Change, Changes } from "./access.ts";

/** Returns what a task changes, in the order of the connector's `access`. Throws for slugs that it can't change. */
export function toChanges(
  title: string,
  access: Readonly<Record<string, Access>>,
  given: Readonly<Record<string, RefChange | undefined>> = {},
): Changes {
  const unknown = Object.keys(given).filter((slug) => !Object.hasOwn(access, slug));
  if (unknown.length > 0) {
    const known = Object.keys(access).join(", ") || "nothing";
    throw new TaskError(
      "INTERNAL_ERROR",
      `The connector for ${title} can't change "${unknown.join('", "')}" of an account; it changes ${known}.`,
    );
  }
  const changes: Record<string, Change> = {};
  for (const [slug, { added = [], removed = [] }] of inOrder(access, given)) {
    const change = { added: unique(added), removed: unique(removed) };
    if ("set" in access[slug]! && change.added.length > 1)
      throw new TaskError(
        "INTERNAL_ERROR",
        `An account has one ${slug} in ${title}, and the task gives ${change.added.length}: ` +
          `${change.added.map(({ id, name }) => (name ? `"${name}" (${id})` : id)).join(", ")}.`,
      );
    if (change.added.length + change.removed.length > 0) changes[slug] = change;
  }
  return changes;
}

function inOrder(access: object, given: Readonly<Record<string, RefChange | undefined>>): [string, RefChange][] {
  return Object.keys(access).flatMap((slug) => (given[slug] ? [[slug, given[slug]] as [string, RefChange]] : []));
}

function unique(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()];
}
