import type { PlanResult, TypePlan } from "@bridgekit/core/run";

/** Describes a plan in lines: each type with counts and a few ids, what is missing, and whether the sync would be held. */
export function describePlan(plan: PlanResult, key: string): string[] {
  const { comparedWith, types, missing, unknownRefs, held, hash } = plan;
  const unknown = held.length > 0 ? "the previous state is unknown" : "there is no previous state";
  const from = comparedWith === "nothing" ? unknown : `compared with the ${comparedWith}`;
  const lines = [`plan ${hash}, ${from}`, ...types.map(describeType)];
  if (missing.length > 0)
    lines.push(`a sync would remove nobody because the read was incomplete: ${missing.join("; ")}`);
  if (unknownRefs.length > 0) lines.push(`a sync would keep unchanged: ${unknownRefs.join("; ")}`);
  if (held.length === 0) return [...lines, "nothing was changed; a sync would not be held"];
  lines.push(...held.map((reason) => `a sync would be held: ${reason}`));
  const command = `\`bridgekit sync ${key} --approve ${hash}\``;
  return [...lines, `nothing was changed; ${command} allows exactly these removals and lost memberships`];
}

function describeType({ slug, type, read, created, updated, removed, refs, samples }: TypePlan): string {
  const parts = [
    `${created} to create${some(samples.created, created)}`,
    updated === undefined ? "unknown number to update" : `${updated} to update${some(samples.updated, updated)}`,
    `${removed} to remove${some(samples.removed, removed)}`,
  ];
  if (refs && refs.lost > 0)
    parts.push(`${refs.lost} of ${refs.live} ${type === "license" ? "assignments" : "memberships"} to take away`);
  return `${slug}: ${read} read, ${parts.join(", ")}`;
}

/** ` (4, 8, 15, ...)` */
function some(ids: readonly string[], count: number): string {
  if (ids.length === 0) return "";
  return ` (${ids.join(", ")}${count > ids.length ? ", ..." : ""})`;
}
