import { when, type Fault } from "@bridgekit/sandbox";
import { failed, passed, skipped } from "../check.ts";
import { choosePositions } from "../positions.ts";
import { isWhole, readEverything } from "../read-everything.ts";
import type { ReadResult } from "../subject.ts";
import { boundsOf, findDifference, toTrueRecords, type Truth } from "../truth.ts";
import type { Check } from "../check.ts";

const MAX_POSITIONS = 20;

/** The same response without its rows. */
const WITHOUT_ROWS: Fault = {
  kind: "change",
  change: (body: unknown) => {
    if (Array.isArray(body)) return [];
    if (typeof body !== "object" || body === null) return body;
    return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? [] : value]));
  },
};

/** An empty page does not prove the end of a list; a total, a last-page mark or the row before it does. */
export const emptyPagesLoseNobody: Check = {
  name: "a later page that comes back empty loses nobody",
  async run(subject) {
    const good = await subject.goodRead();
    if (good.laterPages.length === 0) return skipped("no list of the stand-in has a second page");
    const pages = choosePositions(good.laterPages.length, MAX_POSITIONS).map((index) => good.laterPages[index - 1]!);
    const due = idsAndRefs(good);
    for (const nth of pages) {
      const read = await readEverything(subject, await subject.open(), { rule: when({ nth, times: 1 }, WITHOUT_ROWS) });
      const difference = isWhole(read) ? findDifference(read.records, boundsOf(due, due)) : undefined;
      if (difference !== undefined)
        return failed(
          `call ${nth} of ${good.calls} came back empty, and the read claims to be complete: ${difference}`,
        );
    }
    return passed(`${pages.length} later pages`);
  },
};

function idsAndRefs({ records }: ReadResult): Truth {
  return Object.fromEntries(
    Object.entries(records).map(([slug, list]) => [
      slug,
      [...toTrueRecords(list).values()].map(({ id, refs = {} }) => ({ id, refs })),
    ]),
  );
}
