import type { PlanResult, TypePlan } from "@bridgekit/core";

/** A plan in lines: each type with its counts and a few ids, what is missing, and how to let it pass. */
export function describePlan({ comparedWith, types, missing, hash }: PlanResult, key: string): string[] {
  const from = comparedWith === "nothing" ? "nothing was there before" : `compared with the ${comparedWith}`;
  const lines = [`plan ${hash}, ${from}`, ...types.map(describeType)];
  if (missing.length > 0) lines.push(`a sync would remove nobody, because something is missing: ${missing.join("; ")}`);
  return [...lines, `nothing was changed; \`bridgekit sync ${key} --approve ${hash}\` lets exactly this pass`];
}

function describeType({ slug, read, created, updated, removed, samples }: TypePlan): string {
  const parts = [
    `${created} to create${some(samples.created, created)}`,
    updated === undefined ? "updates not known" : `${updated} to update${some(samples.updated, updated)}`,
    `${removed} to remove${some(samples.removed, removed)}`,
  ];
  return `${slug}: ${read} read, ${parts.join(", ")}`;
}

/** ` (4, 8, 15, ...)` */
function some(ids: readonly string[], count: number): string {
  if (ids.length === 0) return "";
  return ` (${ids.join(", ")}${count > ids.length ? ", ..." : ""})`;
}
