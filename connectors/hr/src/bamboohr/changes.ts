import { CursorExpiredError, isUpstreamError, type SyncContext } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import { GROUP_SLUGS, type ChangedEmployees, type JobRow } from "./bamboohr-models.ts";
import type { BambooHr } from "./connect.ts";
import { dayIn, rowInEffect } from "./employment.ts";
import { readAccountsOf } from "./read-accounts.ts";
import { isRefused } from "./read-employees.ts";
import { readGroups } from "./read-groups.ts";
import { toMoment } from "./to-moment.ts";

// BambooHR's clock and ours may differ by this much.
const CLOCK_TOLERANCE_SECONDS = 600;
// Its moments are whole seconds, and it does not say whether the given one counts: what else happens in that second would
// be passed over. Who is told twice reads the same.
const OVERLAP_SECONDS = 60;
// Ids in one address; of more employees everybody is read, which takes fewer calls.
const MOST_IDS = 100;

type Context = SyncContext<BambooHr>;

/** What has changed. Cursors are moments: `2026-03-31T12:00:00Z`. */
export const changes = {
  cursor: async (_context: Context) => toMoment(Date.now() - CLOCK_TOLERANCE_SECONDS * 1000),

  /** Who was deleted is left to a full run: only that can tell it from who is hidden. */
  async *since(context: Context, cursor: string) {
    const { client, signal } = context;
    const { latest, employees } = await readChanged(client.api, cursor);
    const changed = Object.entries(employees).filter(([, { action }]) => action !== "Deleted");
    const ids = new Set(changed.map(([id]) => id));
    const due = await findDue(client, signal, new Date(cursor));
    for (const id of due ?? []) ids.add(id);

    for (const slug of GROUP_SLUGS) for await (const record of readGroups(context, slug)) yield { slug, record };
    if (ids.size > 0 || !due) {
      const selected = !due || ids.size > MOST_IDS ? {} : { ids: [...ids] };
      for await (const record of readAccountsOf(context, selected))
        if (!due || ids.has(record.id)) yield { slug: "account" as const, record };
    }
    // It may leave the moment empty where nothing has changed.
    return Date.parse(latest) > Date.parse(cursor) ? toMoment(Date.parse(latest)) : cursor;
  },
};

async function readChanged(api: BambooHrClient, cursor: string): Promise<ChangedEmployees> {
  if (Number.isNaN(Date.parse(cursor))) throw new CursorExpiredError(`"${cursor}" is no moment to tell changes after`);
  try {
    return await api.changedSince(toMoment(Date.parse(cursor) - OVERLAP_SECONDS * 1000));
  } catch (error) {
    if (!isUpstreamError(error) || error.status !== 400) throw error;
    throw new CursorExpiredError(`${api.system} tells no changes after ${cursor}`, { cause: error });
  }
}

/**
 * Those for whom a row of a table has begun since that was written long ago: that is no change to BambooHR. `undefined`
 * where that may be anybody, because a day has begun and the key does not see the jobs.
 */
async function findDue(
  { api, config: { timeZone }, employmentOf }: BambooHr,
  signal: AbortSignal,
  since: Date,
): Promise<string[] | undefined> {
  const [first, today] = [dayIn(timeZone, since), dayIn(timeZone)];
  const begun = (rowsOf: ReadonlyMap<string, readonly JobRow[]>) =>
    [...rowsOf].flatMap(([id, rows]) => ((rowInEffect(rows, today)?.date ?? "") >= first ? [id] : []));
  const statuses = begun(await employmentOf(signal));
  try {
    const jobs = Map.groupBy(await api.jobRows(), ({ employeeId }) => String(employeeId));
    return [...statuses, ...begun(jobs)];
  } catch (error) {
    if (!isRefused(error)) throw error;
    return first === today ? statuses : undefined;
  }
}
