import type { TaskAction } from "@bridgekit/client";
import { failed, passed, type Finding } from "../check.ts";
import { isWhole, readEverything } from "../read-everything.ts";
import { byId, compareRecord, findDifference, type TrueRecord, type Truth } from "../truth.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome, type Execution } from "./execute-action.ts";

type Payload = Execution["payload"];

/** An action must not change other accounts, nor anything else of its own; the next read over the connection shows its effect. */
export async function changesNothingElse({ action, open, subject }: ActionTrial): Promise<Finding> {
  const { truth } = subject.options;
  const trial = await open();
  const before = truth(trial.product);
  await readEverything(subject, trial);
  const outcome = await trial.execute();
  if (outcome.status !== "completed") return failed(describeOutcome(outcome));
  const after = truth(trial.product);

  const slugs = Object.entries(subject.connector.resourceTypes);
  for (const [slug, { type }] of slugs) {
    const { payload } = trial;
    const id = outcome.result?.account?.id ?? payload.account.id;
    const difference =
      type === "account"
        ? compareAccounts(before[slug] ?? [], after[slug] ?? [], { action, id, payload, single: singleOf(before) })
        : compareOthers(before[slug] ?? [], after[slug] ?? []);
    if (difference !== undefined) return failed(`${slug} ${difference}`);
  }
  const read = await readEverything(subject, trial);
  const unseen = isWhole(read) ? findDifference(read.records, after) : (read.error?.message ?? read.missing[0]);
  return unseen === undefined
    ? passed("nothing else changes, and the next read shows it")
    : failed(`the next read over the same connection: ${unseen}`);
}

interface Target {
  action: TaskAction;
  id: string;
  payload: Payload;
  /** Slugs of which no account has more than one ref. */
  single: ReadonlySet<string>;
}

function compareAccounts(
  before: readonly TrueRecord[],
  after: readonly TrueRecord[],
  target: Target,
): string | undefined {
  const [earlier, later] = [byId(before), byId(after)];
  const come = [...later.keys()].filter((id) => !earlier.has(id));
  if (target.action === "create_account" && (come.length !== 1 || (earlier.has(target.id) && come[0] !== target.id)))
    return `was to be created once, but ${come.length} accounts were`;
  if (target.action !== "create_account" && come.length > 0)
    return `"${come[0]}" appeared although nobody was to be created`;
  for (const [id, record] of earlier) {
    const now = later.get(id);
    const isTarget = id === target.id && target.action !== "create_account";
    const difference = isTarget ? compareTarget(record, now, target) : compareBystander(record, now);
    if (difference !== undefined) return `"${id}" ${difference}`;
  }
  const created = later.get(come[0] ?? "");
  for (const [slug, refs] of Object.entries(created ? (target.payload.memberships ?? {}) : {}))
    for (const { id } of refs)
      if (!created?.refs?.[slug]?.includes(id)) return `"${created!.id}" was created without ${slug} "${id}"`;
  return undefined;
}

function compareBystander(before: TrueRecord, after: TrueRecord | undefined): string | undefined {
  if (!after) return "is gone, although the task is about another account";
  const difference = compareRecord(after, before);
  return difference === undefined ? undefined : `changed, although the task is about another account: it ${difference}`;
}

/** Describes what the account of a task must not become; undefined if it is right. */
function compareTarget(before: TrueRecord, after: TrueRecord | undefined, target: Target): string | undefined {
  const { action } = target;
  if (action === "delete_account")
    // Without a status, a record that exists is active.
    return after && (after.status ?? "active") === "active" ? "is still active after it was deleted" : undefined;
  if (!after) return `is gone after ${action}`;
  switch (action) {
    case "suspend_account":
      if (after.status === "active") return "is still active after it was suspended";
      return compareRecord({ ...after, status: before.status! }, before);
    case "unsuspend_account":
      if (after.status !== undefined && after.status !== "active") return "is not active after it was unsuspended";
      return compareRecord({ ...after, status: before.status! }, before);
    case "reset_password":
      return compareRecord(after, before);
    case "update_account":
      return after.status === before.status ? findWrongRef(before, after, target) : `became ${after.status}`;
    case "create_account":
      return undefined;
  }
}

/** Finds a ref that was not added, not removed, or lost although the task does not name it. */
function findWrongRef(before: TrueRecord, after: TrueRecord, { payload, single }: Target): string | undefined {
  for (const slug of new Set([...Object.keys(before.refs ?? {}), ...Object.keys(payload.changes ?? {})])) {
    const { added = [], removed = [] } = payload.changes?.[slug] ?? {};
    const [old, now] = [new Set(before.refs?.[slug]), new Set(after.refs?.[slug])];
    const lacking = added.find(({ id }) => !now.has(id));
    if (lacking) return `did not get ${slug} "${lacking.id}"`;
    const kept = removed.find(({ id }) => now.has(id));
    if (kept) return `did not lose ${slug} "${kept.id}"`;
    // If nobody has more than one, the new one replaces the old.
    const isReplaced = single.has(slug) && added.length > 0;
    const lost = [...old].find((id) => !now.has(id) && !removed.some((ref) => ref.id === id));
    if (lost !== undefined && !isReplaced) return `lost ${slug} "${lost}", which the task does not name`;
  }
  return undefined;
}

function singleOf(truth: Truth): Set<string> {
  const records = Object.values(truth).flat();
  const slugs = new Set(records.flatMap(({ refs = {} }) => Object.keys(refs)));
  return new Set([...slugs].filter((slug) => records.every(({ refs }) => (refs?.[slug]?.length ?? 0) <= 1)));
}

function compareOthers(before: readonly TrueRecord[], after: readonly TrueRecord[]): string | undefined {
  const [earlier, later] = [byId(before), byId(after)];
  const gone = [...earlier.keys()].find((id) => !later.has(id));
  if (gone !== undefined) return `"${gone}" is gone after the task`;
  const come = [...later.keys()].find((id) => !earlier.has(id));
  return come === undefined ? undefined : `"${come}" appeared with the task`;
}
