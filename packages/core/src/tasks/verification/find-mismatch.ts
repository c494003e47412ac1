import type { RefChange, Task, TaskAction, TaskPayload, TaskReadBack } from "@bridgekit/client";
import type { AccountState } from "../../connector/connector.ts";

/** Whether the task changes something that can be read back. */
export function isVerifiable({ action, payload }: Task): boolean {
  switch (action) {
    case "suspend_account":
    case "unsuspend_account":
    case "delete_account":
      return true;
    case "create_account":
    case "update_account":
      return Object.keys(changesOf(payload)).length > 0;
    case "reset_password":
      return false;
    default:
      action satisfies never;
      return false;
  }
}

/** Returns the part of the state that the task is about. */
export function observe(state: AccountState | undefined, payload: TaskPayload): TaskReadBack {
  if (state === undefined) return { exists: false };
  const refs: TaskReadBack["refs"] = {};
  for (const [slug, { added = [], removed = [] }] of Object.entries(changesOf(payload))) {
    const ids = idsOf(state, slug);
    if (ids === undefined) continue;
    const count = (wanted: typeof added) => wanted.filter(({ id }) => ids.has(id)).length;
    refs[slug] = { added: count(added), removed: count(removed) };
  }
  return {
    exists: true,
    ...(state.status !== undefined && { status: state.status }),
    ...(Object.keys(refs).length > 0 && { refs }),
  };
}

/** Describes how the account differs from the requested state, in words that follow "but"; undefined if it does not. */
export function findMismatch(
  action: TaskAction,
  payload: TaskPayload,
  state: AccountState | undefined,
): string | undefined {
  const account = `account ${payload.account.id}`;
  if (action === "delete_account")
    // Many systems keep a deleted account as an inactive one.
    return state === undefined || state.status === "inactive"
      ? undefined
      : `${account} is still there${state.status ? ` and ${state.status}` : ""}`;
  if (state === undefined) return `${account} is not there`;
  if (action === "suspend_account" && state.status === "active") return `${account} is still active`;
  if (action === "unsuspend_account" && state.status !== undefined && state.status !== "active")
    return `${account} is still ${state.status}`;
  return findRefMismatch(payload, state);
}

function findRefMismatch(payload: TaskPayload, state: AccountState): string | undefined {
  const problems: string[] = [];
  for (const [slug, { added = [], removed = [] }] of Object.entries(changesOf(payload))) {
    const ids = idsOf(state, slug);
    if (ids === undefined) continue;
    problems.push(...added.filter(({ id }) => !ids.has(id)).map(({ id }) => `lacks ${slug} ${id}`));
    const why = state.kept?.[slug] === undefined ? "" : ` (${state.kept[slug]})`;
    problems.push(...removed.filter(({ id }) => ids.has(id)).map(({ id }) => `still has ${slug} ${id}${why}`));
  }
  return problems.length === 0 ? undefined : `account ${payload.account.id} ${problems.join(", ")}`;
}

/** The refs that a task adds and removes. Memberships of a created account count as added. */
function changesOf({ memberships = {}, changes = {} }: TaskPayload): Record<string, RefChange> {
  const added = Object.entries(memberships).map(([slug, refs]): [string, RefChange] => [slug, { added: refs }]);
  const all: [string, RefChange][] = [...added, ...Object.entries(changes)];
  return Object.fromEntries(
    all.filter(([, change]) => [...(change.added ?? []), ...(change.removed ?? [])].length > 0),
  );
}

function idsOf({ memberships = {} }: AccountState, slug: string): Set<string> | undefined {
  const refs = memberships[slug];
  return refs && new Set(refs.map(({ id }) => id));
}
