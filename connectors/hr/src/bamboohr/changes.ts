import { CursorExpiredError, isUpstreamError, undefinedOn, type SyncContext } from "@bridgekit/core";
import { readAccountsOf } from "./accounts.ts";
import { toMoment, type BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type ChangedEmployees, type JobRow } from "./bamboohr-models.ts";
import { dayIn, rowInEffect } from "./employment.ts";
import { openRun, readGroups, type BambooHr, type Run } from "./options.ts";

// Tolerance for the difference between BambooHR's clock and ours.
const CLOCK_TOLERANCE_SECONDS = 600;
// Its times are whole seconds, and it is undocumented whether the given second is included. An overlap misses nothing, and a
// change that is read twice does no harm.
const OVERLAP_SECONDS = 60;
// Ids in one URL; for more employees everybody is read, which takes fewer calls.
const MOST_IDS = 100;

/** Reads changes. Cursors are times: `2026-03-31T12:00:00Z`. */
export const changes = {
  cursor: async () => toMoment(Date.now() - CLOCK_TOLERANCE_SECONDS * 1000),

  /** Deletions are left to a full run: only it can distinguish deleted from hidden. */
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
    // The time may be empty if nothing changed.
    return Date.parse(latest) > Date.parse(cursor) ? toMoment(Date.parse(latest)) : cursor;
  },
};

async function readChanged(api: BambooHrClient, cursor: string): Promise<ChangedEmployees> {
  if (Number.isNaN(Date.parse(cursor))) throw new CursorExpiredError(`"${cursor}" is not a time`);
  try {
    return await api.changedSince(Date.parse(cursor) - OVERLAP_SECONDS * 1000);
  } catch (error) {
    if (!isUpstreamError(error, 400)) throw error;
    throw new CursorExpiredError(`${api.system} returns no changes after ${cursor}`, { cause: error });
  }
}

/**
 * Returns employees with a row that took effect since, although it was written earlier: BambooHR does not report that as a
 * change. Undefined if it may be anybody, because a new day has begun and the key cannot see the jobs.
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
