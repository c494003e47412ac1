import type { Ref } from "@bridgekit/client";
import type { ConnectorContext, TaskContext } from "../connector/connector.ts";
import { isTaskError, TaskError } from "../errors/task-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";
import type { Access, Change, Changes } from "./access.ts";

export interface Holder {
  account: unknown;
  /** Created by this task: it has nothing yet. */
  isNew: boolean;
}

/** One write, with its description for the message: `gave team 7`. */
interface Write {
  does: string[];
  /** Gifts go first, then writes that give and take at once, then those that only take. */
  kind: "gift" | "both" | "take";
  run: () => Promise<unknown>;
}

/**
 * Changes the access of an account as a task asks. It gives before it takes, so that a failure in the middle leaves nobody
 * with less than before, and skips changes that are already made.
 */
export async function applyChanges(
  context: TaskContext<unknown>,
  access: Readonly<Record<string, Access>>,
  changes: Changes,
  holder: Holder,
): Promise<void> {
  const writes = await planWrites(context, access, changes, holder);
  const ofKind = (kind: Write["kind"]) => writes.filter((write) => write.kind === kind);
  const done: string[] = [];
  try {
    for (const { does, run } of [...ofKind("gift"), ...ofKind("both"), ...ofKind("take").toReversed()]) {
      await run();
      done.push(...does);
    }
  } catch (error) {
    throw done.length === 0
      ? error
      : withReason(error, (message) => `${message} Done before that: ${done.join(", ")}.`);
  }
}

/** Reads what the account has and returns the writes that are needed, in the order of the slugs. */
async function planWrites(
  context: TaskContext<unknown>,
  access: Readonly<Record<string, Access>>,
  changes: Changes,
  { account, isNew }: Holder,
): Promise<Write[]> {
  const writes: Write[] = [];
  const joint = new Map<unknown, Write & { values: Record<string, string | null> }>();
  for (const [slug, change] of Object.entries(changes) as [string, Change][]) {
    const verbs = access[slug]!;
    const held = new Set(isNew ? [] : await readHeld(context, verbs, account, change));
    const given = new Set(change.added.map(({ id }) => id));
    const added = change.added.filter(({ id }) => !held.has(id));
    const removed = change.removed.filter(({ id }) => held.has(id) && !given.has(id));
    if ("set" in verbs) {
      // Giving one replaces the one before.
      const next = added[0]?.id ?? (given.size === 0 && removed.length > 0 ? null : undefined);
      if (next === undefined) continue;
      let write = joint.get(verbs.set);
      if (!write) {
        const values: Record<string, string | null> = {};
        write = { does: [], kind: "take", values, run: () => verbs.set(context, account, values) };
        joint.set(verbs.set, write);
        writes.push(write);
      }
      write.values[slug] = next;
      if (next !== null) write.kind = "gift";
      write.does.push(next === null ? `took ${slug} ${removed[0]!.id}` : `gave ${slug} ${next}`);
      continue;
    }
    const gave = ({ id }: Ref) => `gave ${slug} ${id}`;
    const took = ({ id }: Ref) => `took ${slug} ${id}`;
    if ("change" in verbs) {
      if (added.length + removed.length === 0) continue;
      const kind = removed.length === 0 ? "gift" : added.length === 0 ? "take" : "both";
      const run = () => verbs.change(context, account, { added, removed });
      writes.push({ does: [...added.map(gave), ...removed.map(took)], kind, run });
      continue;
    }
    for (const ref of added)
      writes.push({ does: [gave(ref)], kind: "gift", run: () => verbs.add(context, account, ref, change) });
    for (const ref of removed)
      writes.push({ does: [took(ref)], kind: "take", run: () => verbs.remove(context, account, ref, change) });
  }
  return writes;
}

/** Returns the ids that an account has of a slug, at least those that the change names. */
export async function readHeld(
  context: ConnectorContext<unknown>,
  access: Access,
  account: unknown,
  change: Change,
): Promise<readonly string[]> {
  if ("list" in access) return access.list(context, account, change);
  const id = await access.get(context, account, change);
  return id === null || id === undefined ? [] : [id];
}

/** Returns the error with another message; its cause still shows whether it is retryable. */
export function withReason(error: unknown, toMessage: (message: string) => string): Error {
  if (!(error instanceof Error)) return new TaskError("INTERNAL_ERROR", toMessage(String(error)));
  const code = isTaskError(error) || isUpstreamError(error) ? error.code : "INTERNAL_ERROR";
  const sentence = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  const cause = isTaskError(error) && isUpstreamError(error.cause) ? error.cause : error;
  return new TaskError(code, toMessage(sentence), { cause });
}
