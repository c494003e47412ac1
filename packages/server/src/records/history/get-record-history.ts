import type { Kysely, Selectable } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../../bridge-context.ts";
import type { RecordData } from "../../database/tables/records.ts";
import type { Tables } from "../../database/schema.ts";
import { decodeCursor, encodeCursor } from "../../http/cursor.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { linkTo } from "../../http/page-links.ts";
import { accountSlug } from "../../tasks/find-task.ts";
import { areAbout } from "../../people/accounts.ts";
import { type TaskRow, toTask } from "../../tasks/task-status.ts";
import { findRecord } from "../find-record.ts";
import { toLiveRecord } from "../to-live-record.ts";
import { refsOf } from "./compare-records.ts";
import { readRemoval } from "./read-removal.ts";
import { readSteps, readVersion, type RecordPlace, type Step, toRecordChange } from "./read-steps.ts";
import { findOrigins } from "./ref-origins.ts";

type Schemas = components["schemas"];

/** The most steps that are searched for the origin of a ref. */
const MOST_STEPS = 500;
const MOST_TASKS = 100;

export function createGetRecordHistory({ database, now }: BridgeContext): Handler<"getRecordHistory"> {
  return async ({ key, path, query: { limit = 50, cursor }, url }) => {
    const { app, types, kind, row } = await findRecord(database, key, path);
    const [place] = decodeCursor(cursor, 1) ?? [];
    if (place !== undefined && !/^\d{1,9}$/.test(place)) return problem(400, "cursor: is none of this list");
    const isFirst = place === undefined;
    const record: RecordPlace = { appId: app.id, slug: path.slug, id: path.record_id };
    const from = isFirst ? undefined : Number(place);
    // The step that ended the previous page has the state after the first step of this one.
    const steps = await readSteps(database, record, { from, limit: limit + (isFirst ? 1 : 2) });
    const last = isFirst ? undefined : steps.shift();
    const created = await readVersion(database, app.id, row.created_version);
    const page = steps.slice(0, limit);
    const isEnd = steps.length <= limit;
    const changes = toChanges(page, last?.before ?? row.data);
    if (isEnd && created !== undefined)
      changes.push(toCreation(created, page.at(-1)?.before ?? last?.before ?? row.data));
    const next = isEnd ? null : linkTo(url, { limit, cursor: encodeCursor([String(page.at(-1)?.version)]) });
    const first = isFirst ? await readFirst(database, { record, row, kind, created }) : NOTHING;
    const tasks = first.tasks.map((task) => toTask(task, accountSlug(types), now()));
    const refs = findOrigins({ data: first.data, steps: first.steps, created: first.origin, tasks });
    return {
      status: 200,
      body: {
        record: toLiveRecord(row.data, { kind, removedAt: row.removed_at, isStub: row.created_version === null }),
        created: created === undefined ? null : { at: created.at.toISOString(), sync_id: created.sync_id },
        refs,
        tasks,
        removal: first.removal,
        changes,
        next,
      },
    };
  };
}

type Version = Awaited<ReturnType<typeof readVersion>>;

/** Only the first page has these. */
interface First {
  /** For accounts only. */
  data: RecordData;
  tasks: readonly TaskRow[];
  steps: readonly Step[];
  /** The origins of the refs that no step added. */
  origin: Version;
  removal: Schemas["Removal"] | null;
}

const NOTHING: First = { data: { id: "" }, tasks: [], steps: [], origin: undefined, removal: null };

async function readFirst(
  database: Kysely<Tables>,
  {
    record,
    row,
    kind,
    created,
  }: { record: RecordPlace; row: Selectable<Tables["records"]>; kind: Schemas["Kind"]; created: Version },
): Promise<First> {
  const { appId, slug, id } = record;
  const steps = await readSteps(database, record, { from: undefined, limit: MOST_STEPS });
  const lastVersion = steps.find(({ change }) => change !== "removed")?.version ?? row.created_version;
  const removal =
    row.removed_at === null || row.removed_in === null
      ? null
      : await readRemoval(database, { appId, slug, removedAt: row.removed_at, syncId: row.removed_in, lastVersion });
  if (kind !== "account") return { ...NOTHING, removal };
  const tasks = await database
    .selectFrom("tasks")
    .selectAll()
    .where(areAbout({ appId, accounts: [{ slug, id }] }))
    .orderBy("created_at", "desc")
    .orderBy("sequence", "desc")
    .limit(MOST_TASKS)
    .execute();
  return { data: row.data, tasks, steps, origin: steps.length < MOST_STEPS ? created : undefined, removal };
}

/** Yields the steps, newest first; `after` is the record after the newest one. */
function toChanges(steps: readonly Step[], after: RecordData): Schemas["RecordChange"][] {
  return steps.map((step, index) => toRecordChange(step, steps[index - 1]?.before ?? after));
}

function toCreation({ sync_id, at }: NonNullable<Version>, data: RecordData): Schemas["RecordChange"] {
  return {
    sync_id,
    at: at.toISOString(),
    change: "created",
    fields: [],
    gained: [...refsOf(data).values()],
    lost: [],
  };
}
