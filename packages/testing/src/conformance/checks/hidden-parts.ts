import { failed, passed, skipped } from "../check.ts";
import { isNotApplicable } from "../options.ts";
import { isSameTruth, isWhole, readEverything } from "../read-everything.ts";
import { unknownRefsOf } from "../truth.ts";
import type { Check } from "../check.ts";

export const hiddenPartsAreReported: Check = {
  name: "parts hidden by permission are an error or partial",
  async run(subject) {
    const { hidden } = subject.options;
    if (isNotApplicable(hidden)) return skipped(hidden.notApplicable);
    const names = Object.keys(hidden);
    if (names.length === 0) return failed("say how the product hides parts, or why it cannot");
    for (const name of names) {
      const opened = await subject.open();
      hidden[name]!(opened.product);
      const read = await readEverything(subject, opened);
      if (!isWhole(read)) continue;
      const isSame = isSameTruth(read, await subject.goodRead());
      const isReported = Object.values(read.records)
        .flat()
        .some((record) => unknownRefsOf(record).length > 0);
      if (isSame && isReported) continue;
      return isSame
        ? failed(`${name}: nothing was hidden, so nothing was tested`)
        : failed(`${name}: the read claims to be complete`);
    }
    return passed(names.join("; "));
  },
};
