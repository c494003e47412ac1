import { failed, passed, skipped } from "../finding.ts";
import { isNotApplicable } from "../options.ts";
import { readEverything } from "../read-everything.ts";
import type { Check } from "./check.ts";

export const emptySystemIsRead: Check = {
  name: "an empty system is read to its end",
  async run(subject) {
    const { empty } = subject.options;
    if (isNotApplicable(empty)) return skipped(empty.notApplicable);
    const { records, error, missing } = await readEverything(subject, await subject.open(empty));
    if (error) return failed(`it threw: ${error.message}`);
    if (missing.length > 0) return failed(`it is said to be incomplete: ${missing.join("; ")}`);
    const counts = Object.entries(records).map(([slug, list]) => `${list.length} ${slug}`);
    return passed(counts.join(", "));
  },
};
