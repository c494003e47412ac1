import type { PlanResult, TypePlan } from "@bridgekit/core/run";

/** A plan in lines: each type with its counts and a few ids, what is missing, whether it would be held, and the way out. */
export function describePlan(plan: PlanResult, key: string): string[] {
  const { comparedWith, types, missing, unknownRefs, held, hash } = plan;
  const unknown = held.length > 0 ? "what was there before is not known" : "nothing was there before";
  const from = comparedWith === "nothing" ? unknown : `compared with the ${comparedWith}`;
  const lines = [`plan ${hash}, ${from}`, ...types.map(describeType)];
  if (missing.length > 0) lines.push(`a sync would remove nobody, because something is missing: ${missing.join("; ")}`);
  if (unknownRefs.length > 0) lines.push(`accounts would keep as they are: ${unknownRefs.join("; ")}`);
  if (held.length === 0) return [...lines, "nothing was changed; a sync would not be held"];
  lines.push(...held.map((reason) => `a sync would be held: ${reason}`));
  const command = `\`bridgekit sync ${key} --approve ${hash}\``;
  return [...lines, `nothing was changed; ${command} lets exactly these removals and lost memberships pass`];
}

function describeType({ slug, type, read, created, updated, removed, refs, samples }: TypePlan): string {
  const parts = [
    `${created} to create${some(samples.created, created)}`,
    updated === undefined ? "updates not known" : `${updated} to update${some(samples.updated, updated)}`,
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
