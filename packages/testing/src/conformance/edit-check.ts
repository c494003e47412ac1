import type { Check } from "./check.ts";
import { failed, skipped, type Finding } from "./check.ts";
import { isNotApplicable } from "./options.ts";
import type { Subject } from "./subject.ts";
import type { TrueRecord } from "./truth.ts";

type EditKind = "somebody leaves" | "somebody comes" | "an account loses a ref" | "an account gets a ref";

export type Edits = Readonly<Record<string, (product: any) => void>>;

/** A check that applies edits; skipped if the options say why the product has none. */
export function editCheck(name: string, run: (subject: Subject, edits: Edits) => Promise<Finding>): Check {
  return {
    name,
    async run(subject) {
      const { edits } = subject.options;
      if (isNotApplicable(edits)) return skipped(edits.notApplicable);
      const gap = await findGap(subject, edits);
      return gap === undefined ? run(subject, edits) : failed(gap);
    },
  };
}

/** Why the edits are not enough: a kind of change that none of them makes. */
async function findGap({ connector, options }: Subject, edits: Edits): Promise<string | undefined> {
  const { truth, upstream } = options;
  const seen = new Set<EditKind>();
  let hasRefs = false;
  for (const [name, edit] of Object.entries(edits)) {
    const product: unknown = await upstream();
    const before = truth(product);
    hasRefs ||= Object.values(before).some((list) => list.some((record) => refsOfTruth(record).size > 0));
    edit(product);
    const after = truth(product);
    if (JSON.stringify(before) === JSON.stringify(after)) return `the edit "${name}" changes nothing in \`truth\``;
    for (const [slug, { type }] of Object.entries(connector.resourceTypes))
      if (type === "account") for (const kind of kindsOf(before[slug] ?? [], after[slug] ?? [])) seen.add(kind);
  }
  const due: EditKind[] = ["somebody leaves", "somebody comes"];
  if (hasRefs) due.push("an account loses a ref", "an account gets a ref");
  const lacking = due.filter((kind) => !seen.has(kind));
  return lacking.length === 0 ? undefined : `no edit in which ${lacking.join(", ")}; add one to \`edits\``;
}

function* kindsOf(before: readonly TrueRecord[], after: readonly TrueRecord[]): Generator<EditKind> {
  const earlier = new Set(before.map(({ id }) => id));
  const later = new Map(after.map((record) => [record.id, record]));
  if (after.some(({ id }) => !earlier.has(id))) yield "somebody comes";
  for (const record of before) {
    const now = later.get(record.id);
    if (!now) yield "somebody leaves";
    else {
      const [old, current] = [refsOfTruth(record), refsOfTruth(now)];
      if (old.difference(current).size > 0) yield "an account loses a ref";
      if (current.difference(old).size > 0) yield "an account gets a ref";
    }
  }
}

function refsOfTruth({ refs = {} }: TrueRecord): Set<string> {
  return new Set(Object.entries(refs).flatMap(([slug, ids]) => ids.map((id) => `${slug} ${id}`)));
}
