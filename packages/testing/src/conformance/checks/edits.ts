import { editCheck, type Edits } from "../edit-check.ts";
import { failed, passed, skipped, type Finding } from "../check.ts";
import { choosePositions } from "../positions.ts";
import { readEverything } from "../read-everything.ts";
import type { Opened, Subject } from "../subject.ts";
import { boundsOf, byId, compareRecord, findDifference, toTrueRecords, type Truth } from "../truth.ts";

/** Limited because each position takes a whole read. Rows get lost on later pages. */
const MAX_LATER_PAGES = 8;
const MAX_OTHERS = 3;

/** The runner keeps a connection for weeks, so a client must not cache anything beyond a run. */
export const secondReadsSeeEdits = editCheck(
  "a second read over the same connection sees changes",
  async (subject, edits) => {
    const opened = await subject.open();
    await readEverything(subject, opened);
    for (const [name, edit] of Object.entries(edits)) {
      edit(opened.product);
      const read = await readEverything(subject, opened);
      const failure = read.error?.message ?? read.missing[0] ?? findDifference(read.records, truthOf(subject, opened));
      if (failure !== undefined) return failed(`after "${name}": ${failure}`);
    }
    return passed(Object.keys(edits).join("; "));
  },
);

/** A read may fail or be partial because of an edit, and may see it or not; it must not lose what was there throughout. */
export const editsLoseNobody = editCheck("a change during a read loses nobody", async (subject, edits) => {
  const { calls, laterPages } = await subject.goodRead();
  let whole = 0;
  const pages = choosePositions(laterPages.length, MAX_LATER_PAGES).map((index) => laterPages[index - 1]!);
  const positions = [...new Set([...pages, ...choosePositions(calls, MAX_OTHERS)])];
  for (const [name, edit] of Object.entries(edits))
    for (const position of positions) {
      const opened = await subject.open();
      const before = truthOf(subject, opened);
      let seen = 0;
      const rule = () => {
        if (++seen === position) edit(opened.product);
        return undefined;
      };
      const { error, missing, records } = await readEverything(subject, opened, { rule });
      if (error || missing.length > 0) continue;
      whole++;
      const difference = findDifference(records, boundsOf(before, truthOf(subject, opened)));
      if (difference !== undefined)
        return failed(
          `"${name}" before call ${position} of ${calls}, and the read claims to be complete: ${difference}`,
        );
    }
  return passed(
    `${whole} of ${Object.keys(edits).length * positions.length} reads were complete, the others reported that they were not`,
  );
});

/** The Bridge keeps records that a delta omits, and replaces those that it yields. */
export const deltasAreTrue = editCheck("a delta yields every change in full", async (subject, edits) => {
  if (!subject.connector.changes) return skipped("the connector has no `changes`");
  for (const [name, edit] of Object.entries(edits)) {
    const finding = await tryDelta(subject, name, edit);
    if (finding) return finding;
  }
  return passed(Object.keys(edits).join("; "));
});

async function tryDelta(subject: Subject, name: string, edit: Edits[string]): Promise<Finding | undefined> {
  const opened = await subject.open();
  const { client, logger } = opened.connection;
  const missing: string[] = [];
  const partial = (reason: string) => void missing.push(reason);
  const changes = subject.connector.changes!;
  const unknownRefs = (slug: string, reason: string) => partial(`the refs of ${slug}: ${reason}`);
  // Each run has its own signal.
  const context = () => ({ client, logger, partial, unknownRefs, signal: new AbortController().signal });
  const before = truthOf(subject, opened);
  let cursor = await changes.cursor(context());
  edit(opened.product);
  const after = truthOf(subject, opened);
  for (const round of ["", ", repeated from the next cursor"]) {
    const delta: Record<string, any[]> = {};
    const stream = changes.since(context(), cursor);
    let step = await stream.next();
    for (; !step.done; step = await stream.next()) (delta[step.value.slug] ??= []).push(step.value.record);
    cursor = step.value;
    const difference = missing[0] ?? findUntrue(delta, round === "" ? before : after, after);
    if (difference !== undefined) return failed(`the delta after "${name}"${round}: ${difference}`);
  }
  return undefined;
}

function findUntrue(delta: Readonly<Record<string, any[]>>, before: Truth, after: Truth): string | undefined {
  for (const slug of new Set([...Object.keys(after), ...Object.keys(delta)])) {
    const [earlier, later] = [byId(before[slug] ?? []), byId(after[slug] ?? [])];
    // The Bridge keeps the last version of a record that comes twice.
    const last = new Map((delta[slug] ?? []).map((record) => [record.id as string, record]));
    const yielded = toTrueRecords([...last.values()]);
    for (const [id, record] of yielded) {
      const right = later.get(id);
      if (!right) return `${slug} "${id}" came, but does not exist in the product`;
      const difference = compareRecord(record, right);
      if (difference !== undefined) return `${slug} "${id}" ${difference}`;
    }
    for (const [id, record] of later) {
      const old = earlier.get(id);
      const hasChanged = !old || compareRecord(old, record) !== undefined;
      if (hasChanged && !yielded.has(id)) return `${slug} "${id}" changed, but did not come`;
    }
  }
  return undefined;
}

function truthOf({ options }: Subject, { product }: Opened<any>): Truth {
  return options.truth(product);
}
