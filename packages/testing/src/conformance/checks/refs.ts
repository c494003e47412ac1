import { readEverything } from "../read-everything.ts";
import { refsOf } from "../truth.ts";
import { isNotApplicable } from "../options.ts";
import { failed, passed, skipped } from "../check.ts";
import type { Check } from "../check.ts";

export const refsPointAtRecords: Check = {
  name: "refs point at groups and licenses that were read",
  async run(subject) {
    const { records } = await subject.goodRead();
    const known = new Map(Object.entries(records).map(([slug, list]) => [slug, new Set(list.map(({ id }) => id))]));
    let count = 0;
    for (const record of Object.values(records).flat())
      for (const { field, slug, ids } of refsOf(record)) {
        const dangling = ids.find((id) => !known.get(slug)?.has(id));
        if (dangling !== undefined)
          return failed(`"${record.id}" refers to ${field}.${slug} "${dangling}", which was not read`);
        count += ids.length;
      }
    return passed(`${count} refs`);
  },
};

export const refsAreNeverTruncated: Check = {
  name: "more than 100 refs are yielded in full or fail loudly",
  async run(subject) {
    const { manyRefs } = subject.options;
    if (isNotApplicable(manyRefs)) return skipped(manyRefs.notApplicable);
    const opened = await subject.open();
    const { slug, id, field, refSlug, count } = await manyRefs(opened.product);
    if (count <= 100) return failed(`manyRefs made ${count} refs; more than 100 are needed`);
    const { records, error, missing } = await readEverything(subject, opened);
    if (error) return passed(`fails: ${error.message}`);
    const yielded = new Set(
      (records[slug] ?? [])
        .filter((record) => record.id === id)
        .flatMap(refsOf)
        .filter((refs) => refs.field === field && refs.slug === refSlug)
        .flatMap(({ ids }) => ids),
    );
    if (yielded.size >= count) return passed(`all ${yielded.size} are yielded`);
    return missing.length > 0
      ? passed("reported as incomplete")
      : failed(
          `${slug} "${id}" has ${count} refs of ${refSlug}, and only ${yielded.size} were yielded, without an error or partial`,
        );
  },
};
