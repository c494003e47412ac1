import { CursorExpiredError, isUpstreamError, undefinedOn, type SyncContext } from "@bridgekit/core";
import { readAccountsOf } from "./accounts.ts";
import { toMoment, type BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type ChangedEmployees, type JobRow } from "./bamboohr-models.ts";
import { dayIn, rowInEffect } from "./employment.ts";
import { openRun, readGroups, type BambooHr, type Run } from "./options.ts";

// BambooHR's clock and ours may differ by this much.
const CLOCK_TOLERANCE_SECONDS = 600;
// Its moments are whole seconds, and it does not say whether the given one counts: what else happens in that second would
// be passed over. Who is told twice reads the same.
const OVERLAP_SECONDS = 60;
// Ids in one address; of more employees everybody is read, which takes fewer calls.
const MOST_IDS = 100;

/** What has changed. Cursors are moments: `2026-03-31T12:00:00Z`. */
export const changes = {
  cursor: async () => toMoment(Date.now() - CLOCK_TOLERANCE_SECONDS * 1000),

  /** Who was deleted is left to a full run: only that can tell it from who is hidden. */
  async *since(context: SyncContext<BambooHr>, cursor: string) {
    const run = openRun(context);
    const { latest, employees } = await readChanged(context.client.api, cursor);
    const changed = Object.keys(employees).filter((id) => employees[id]!.action !== "Deleted");
    const due = await findDue(run, new Date(cursor));
    const ids = new Set([...changed, ...(due ?? [])]);

    for (const slug of GROUP_SLUGS) for await (const record of readGroups(run, slug)) yield { slug, record };
    if (ids.size > 0 || !due) {
      const selected = !due || ids.size > MOST_IDS ? {} : { ids: [...ids] };
      for await (const record of readAccountsOf(run, selected))
        if (!due || ids.has(record.id)) yield { slug: "account" as const, record };
    }
    // It may leave the moment empty where nothing has changed.
    return Date.parse(latest) > Date.parse(cursor) ? toMoment(Date.parse(latest)) : cursor;
  },
};

async function readChanged(api: BambooHrClient, cursor: string): Promise<ChangedEmployees> {
  if (Number.isNaN(Date.parse(cursor))) throw new CursorExpiredError(`"${cursor}" is no moment to tell changes after`);
  try {
    return await api.changedSince(Date.parse(cursor) - OVERLAP_SECONDS * 1000);
  } catch (error) {
    if (!isUpstreamError(error, 400)) throw error;
    throw new CursorExpiredError(`${api.system} tells no changes after ${cursor}`, { cause: error });
  }
}

/**
 * Those for whom a row of a table has begun since that was written long ago: that is no change to BambooHR. `undefined`
 * where that may be anybody, because a day has begun and the key does not see the jobs.
 */
async function findDue({ client: { api, config }, employment }: Run, since: Date): Promise<string[] | undefined> {
  const [first, today] = [dayIn(config.timeZone, since), dayIn(config.timeZone)];
  const begun = (rowsOf: ReadonlyMap<string, readonly JobRow[]>) =>
    [...rowsOf].flatMap(([id, rows]) => ((rowInEffect(rows, today)?.date ?? "") >= first ? [id] : []));
  const statuses = begun(await employment());
  const jobs = await undefinedOn(api.jobRows(), "PERMISSION_DENIED");
  if (jobs) return [...statuses, ...begun(Map.groupBy(jobs, ({ employeeId }) => String(employeeId)))];
  return first === today ? statuses : undefined;
}
