import { hash } from "node:crypto";
import { account, GROUPS } from "../server/people.ts";

/** How much happened in an app. The same story is told by SQL and, for a small app, through the API. */
export interface Story {
  accounts: number;
  /** Complete syncs: the first creates everything, the second changes a tenth, the last removes some, others change a few. */
  sessions: number;
  tasks: number;
}

export interface StoredRecord {
  slug: string;
  data: { id: string; [field: string]: unknown };
}

/** What a session does to an account. */
export interface AccountChange {
  number: number;
  change: "updated" | "removed";
  /** The session that changed the account last before. */
  before: number;
}

const FEW = 20;
/** Every tenth account is a member. */
export const LARGEST_GROUP = "everyone";

/** An account with five refs as a session pushed it, its fields in the order of their names. */
export function accountAt(number: number, version: number): StoredRecord["data"] {
  const { id, memberships, ...fields } = account(number);
  const { team, department } = memberships as Record<string, { id: string }[]>;
  const third = number % 10 === 0 ? LARGEST_GROUP : `g${(number * 11 + 29) % GROUPS}`;
  const teams = [...new Set([...team!.map((ref) => ref.id), third])].toSorted().map((id) => ({ id }));
  const record = { ...fields, id, memberships: { department, team: teams }, title: `Title ${version}` };
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))) as StoredRecord["data"];
}

/** The groups and licenses that the accounts refer to, by slug. */
export function targetsOf({ accounts }: Pick<Story, "accounts">): Map<string, StoredRecord[]> {
  const targets = new Map<string, Map<string, StoredRecord>>(
    ["department", "license", "team"].map((slug) => [slug, new Map()]),
  );
  // After that many accounts the same ones come again.
  for (let number = 0; number < Math.min(accounts, 10 * GROUPS); number++) {
    const { memberships, assignments } = accountAt(number, 1);
    for (const [slug, refs] of Object.entries({ ...(memberships as Refs), ...(assignments as Refs) }))
      for (const { id } of refs) targets.get(slug)?.set(id, { slug, data: { id, name: `${slug} ${id}` } });
  }
  return new Map([...targets].map(([slug, records]) => [slug, [...records.values()]]));
}

type Refs = Record<string, { id: string }[]>;

/** What the server stores as the digest of a record whose fields and refs are in order. */
export function digestOf(text: string): string {
  return hash("sha256", text, "hex").slice(0, 32);
}

/** How many accounts the last session removes. */
export function removedCount({ accounts }: Story): number {
  return Math.floor(accounts / 100);
}

/** The accounts that a session after the first one changes, in the order of their numbers. */
function changedBy({ accounts, sessions }: Story, version: number): readonly number[] {
  const kept = accounts - removedCount({ accounts, sessions, tasks: 0 });
  const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
  if (version === sessions) return range(kept, accounts - kept);
  if (version === 2) return range(0, Math.floor(accounts / 10));
  return range((version * 7_919) % (kept - FEW), FEW);
}

/** Tells the changes of every session after the first one, in order; `versions` has the last session of each account. */
export function* changesOf(
  story: Story,
  versions: Int32Array,
): Generator<{ version: number; changes: AccountChange[] }> {
  versions.fill(1);
  for (let version = 2; version <= story.sessions; version++) {
    const change = version === story.sessions ? "removed" : "updated";
    const changes = changedBy(story, version).map((number) => ({ number, change, before: versions[number]! }) as const);
    if (change === "updated") for (const { number } of changes) versions[number] = version;
    yield { version, changes };
  }
}

type TaskEnd = "completed" | "failed" | "pending" | "scheduled";

/** A task of the story, by its number. */
export interface StoryTask {
  action: "suspend_account" | "unsuspend_account";
  accountId: string;
  end: TaskEnd;
  error: { code: string; message: string } | null;
}

export const SCHEDULED_FOR = "2100-01-01T00:00:00.000Z";
export const CODES = ["ACCOUNT_NOT_FOUND", "PERMISSION_DENIED", "INTERNAL_ERROR"] as const;

export function taskAt({ accounts }: Story, number: number): StoryTask {
  const place = number % 20;
  const end: TaskEnd = place < 16 ? "completed" : place < 18 ? "failed" : place === 18 ? "pending" : "scheduled";
  const code = CODES[Math.floor(number / 20) % CODES.length]!;
  return {
    action: number % 3 === 0 ? "unsuspend_account" : "suspend_account",
    accountId: account((number * 37) % accounts).id,
    end,
    error: end === "failed" ? { code, message: `The system refused task ${number}.` } : null,
  };
}
