import { createHash } from "node:crypto";
import type { Loss } from "@bridgekit/client";
import type { Before } from "./before.ts";
import { RecordHashes } from "./record-hashes.ts";
import type { RefHashes } from "./ref-hashes.ts";

/** What was read: the ids of each type, and the refs of each account type. */
export interface Read {
  readonly ids: ReadonlyMap<string, RecordHashes>;
  readonly refs: ReadonlyMap<string, RefHashes>;
}

/** What a run would take away. */
export interface FoundLosses {
  /** For each type that existed before, also if nothing is lost. */
  losses: readonly Loss[];
  /** The ids that are gone, by slug. */
  gone: ReadonlyMap<string, RecordHashes>;
  /** A hash of the losses only, whatever else changes. */
  hash: string;
}

/** Compares what existed before with what was read: one pass over hashes, no call. */
export async function findLosses(before: Before, read: Read): Promise<FoundLosses> {
  const losses: Loss[] = [];
  const gone = new Map<string, RecordHashes>();
  const digest = createHash("sha256").update(before.kind === "nothing" ? "unknown" : "known");
  const slugs = [...before.types.keys()].sort();
  for (const slug of slugs) {
    const { type: kind, ids } = before.types.get(slug)!;
    const missing = await findGone(slug, before, read);
    gone.set(slug, missing);
    losses.push({ slug, kind, of: "records", live: ids.count, lost: missing.count });
    if (missing.count > 0) digest.update(`\nrecords ${slug}\n`).update(missing.bytes());
  }
  const refs = await findLostRefs(before, read, digest);
  return { losses: [...losses, ...refs], gone, hash: digest.digest("hex").slice(0, 16) };
}

/** Finds the refs that the accounts in `read` lose. An account that was not read loses none, or is removed itself. */
export async function findLostRefs(before: Before, read: Read, digest = createHash("sha256")): Promise<Loss[]> {
  const losses = new Map<string, Loss>();
  for (const slug of [...before.types.keys()].sort())
    for (const [target, list] of [...(before.types.get(slug)!.refs ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const lost = await findLost(slug, { target, chunks: list.chunks() }, read);
      const kind = before.types.get(target)?.type ?? "group";
      const loss = losses.get(target) ?? { slug: target, kind, of: "refs", live: 0, lost: 0 };
      losses.set(target, { ...loss, live: loss.live + list.count, lost: loss.lost + lost.count });
      if (lost.count > 0) digest.update(`\nrefs ${slug} ${target}\n`).update(lost.bytes());
    }
  return [...losses.values()];
}

async function findGone(slug: string, before: Before, read: Read): Promise<RecordHashes> {
  const { type, ids } = before.types.get(slug)!;
  const missing = new RecordHashes();
  // A type that the connector no longer declares is read as empty.
  const found = read.ids.get(slug) ?? new RecordHashes();
  await found.countMissing(ids.chunks(), (high, low) => missing.addHalves(high, low));
  return type === "account" || missing.count === 0 ? missing : withoutReferred(slug, missing, read);
}

/** Groups and licenses that an account refers to stay, even if no stream yielded them. */
function withoutReferred(slug: string, missing: RecordHashes, { refs }: Read): RecordHashes {
  const lows = new Set<number>();
  missing.forEach((_high, low) => lows.add(low));
  const referred = new Set<number>();
  for (const { bySlug } of refs.values()) bySlug.get(slug)?.forEach((_high, low) => lows.has(low) && referred.add(low));
  if (referred.size === 0) return missing;
  const rest = new RecordHashes();
  missing.forEach((high, low) => referred.has(low) || rest.addHalves(high, low));
  return rest;
}

async function findLost(
  slug: string,
  { target, chunks }: { target: string; chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array> },
  read: Read,
): Promise<RecordHashes> {
  const lost = new RecordHashes();
  const accounts = read.ids.get(slug);
  if (!accounts) return lost;
  const refs = read.refs.get(slug);
  const kept = new RecordHashes();
  const now = refs?.bySlug.get(target) ?? new RecordHashes();
  await now.countMissing(chunks, (high, low) => {
    if (!accounts.hasHigh(high)) return;
    (refs?.isUnknown(target, high) ? kept : lost).addHalves(high, low);
  });
  // Kept refs count as read, so that the next run does not see them as new.
  if (kept.count > 0) refs?.keep(target, kept);
  return lost;
}
