import type { TaskContext } from "../connector/connector.ts";
import type { ResourceTypes } from "../connector/resource-types.ts";
import { TaskError } from "../errors/task-error.ts";
import type { Access, Change, Changes } from "./access.ts";

interface Checked {
  title: string;
  resourceTypes: ResourceTypes;
  access: Readonly<Record<string, Access>>;
}

/** Throws if a change can't be made, before anything is written. `account` is absent if it does not exist yet. */
export async function checkChanges(
  context: TaskContext<unknown>,
  { title, resourceTypes, access }: Checked,
  { changes, account }: { changes: Changes; account: unknown },
): Promise<void> {
  for (const [slug, change] of Object.entries(changes) as [string, Change][]) {
    const { exists, check } = access[slug]!;
    const refs = [...change.added, ...change.removed];
    const ids = new Set(
      exists
        ? await exists(
            context,
            refs.map(({ id }) => id),
          )
        : refs.map(({ id }) => id),
    );
    // Nothing has to be taken that does not exist.
    const missing = change.added.filter(({ id }) => !ids.has(id));
    if (missing.length > 0) {
      const what = resourceTypes[slug]!.name.toLowerCase();
      const names = missing.map(({ id, name }) => (name ? `${what} "${name}" (${id})` : `${what} ${id}`)).join(", ");
      const message = `${title} has no ${names}, or hides it from the connector; the next sync shows those it has.`;
      throw new TaskError("INTERNAL_ERROR", message);
    }
    await check?.(context, change, { changes, account });
  }
}
