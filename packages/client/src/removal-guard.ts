import type { components } from "./openapi.ts";

type Kind = components["schemas"]["Kind"];
type RemovalGuard = components["schemas"]["RemovalGuard"];

/** What a sync would remove: records of a type, or refs to one. */
export interface Loss {
  /** The resource type; absent if all types of the kind are counted together. */
  slug?: string;
  kind: Kind;
  /** `records` become inactive; `refs` are memberships and assignments lost by accounts that stay. */
  of: "records" | "refs";
  /** Number before the sync. */
  live: number;
  /** Number of them that are lost. */
  lost: number;
}

/** The stricter limits of a runner, which reads real systems and need not let toy data pass. */
export interface RunnerGuard extends RemovalGuard {
  /** A loss of more than the share `over` is too much if there are at least `least`, regardless of `min_count`. */
  small: { over: number; least: number };
  /** Losing all is too much if there are at least this many. */
  whole: number;
}

/** The guard of a new app. */
export const DEFAULT_GUARD: RemovalGuard = { max_share: 0.2, min_count: 10 };

/** The guard of a runner, independent of the app's. */
export const RUNNER_GUARD: RunnerGuard = { ...DEFAULT_GUARD, small: { over: 0.5, least: 3 }, whole: 2 };

/**
 * Returns the losses that need approval under a Bridge's guard (`null` is off), a runner's guard, or `"strict"`, under
 * which every loss does. If each type passes alone, a runner also judges all types of a kind together.
 */
export function judgeLosses(
  losses: readonly Loss[],
  guard: RemovalGuard | RunnerGuard | "strict" | null,
): readonly Loss[] {
  if (guard === null) return [];
  const held = losses.filter((loss) => isTooMuch(loss, guard));
  if (held.length > 0 || guard === "strict" || !("small" in guard)) return held;
  return sumByKind(losses).filter((loss) => isTooMuch(loss, guard));
}

/** `make inactive 20 of 50 active "account" records and take away 7 of 9 "team" memberships`. */
export function describeLosses(losses: readonly Loss[]): string {
  const list = (of: Loss["of"], verb: string) => {
    const found = losses.filter((loss) => loss.of === of).map(describeLoss);
    return found.length > 0 ? [`${verb} ${found.join(", ")}`] : [];
  };
  return [...list("records", "make inactive"), ...list("refs", "take away")].join(" and ");
}

function describeLoss({ slug, kind, of, live, lost }: Loss): string {
  const what = of === "records" ? "records" : kind === "license" ? "assignments" : "memberships";
  const active = of === "records" ? "active " : "";
  return slug === undefined
    ? `${lost} of ${live} ${active}${what} of all ${kind} types together`
    : `${lost} of ${live} ${active}"${slug}" ${what}`;
}

function isTooMuch(loss: Loss, guard: RemovalGuard | RunnerGuard | "strict"): boolean {
  const { live, lost } = loss;
  if (lost <= 0) return false;
  if (guard === "strict" || isLargeShare(loss, guard) || (lost >= live && lost >= guard.min_count)) return true;
  if (!("small" in guard)) return false;
  const { small, whole } = guard;
  return (live >= small.least && lost > live * small.over) || (live >= whole && lost >= live);
}

function isLargeShare({ live, lost }: Loss, { max_share, min_count }: RemovalGuard): boolean {
  return lost >= min_count && lost > live * max_share;
}

function sumByKind(losses: readonly Loss[]): Loss[] {
  const sums = new Map<string, Loss>();
  for (const { kind, of, live, lost } of losses) {
    const sum = sums.get(`${of} ${kind}`) ?? { kind, of, live: 0, lost: 0 };
    sums.set(`${of} ${kind}`, { ...sum, live: sum.live + live, lost: sum.lost + lost });
  }
  return [...sums.values()];
}
