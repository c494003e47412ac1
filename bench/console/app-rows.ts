import { randomUUID } from "node:crypto";
import { TYPES } from "../server/people.ts";
import type { Row } from "./copy-rows.ts";
import {
  accountAt,
  type AccountChange,
  changesOf,
  digestOf,
  removedCount,
  type Story,
  type StoredRecord,
  targetsOf,
} from "./story.ts";

const DAY_MS = 86_400_000;
/** Less than the retention. */
const HISTORY_DAYS = 80;
/** After which an open or held session ends. */
const SESSION_DAYS = 30;

/** An app of which the rows are written. */
export interface PlannedApp {
  id: string;
  cloneGroupId: string;
  story: Story;
  /** The ids of the sessions by their versions, counted from 1. */
  syncIds: readonly string[];
  targets: ReadonlyMap<string, readonly StoredRecord[]>;
  /** When the sessions started, by their versions. */
  at: (version: number) => Date;
}

/** What a session did. */
interface SessionStory {
  version: number;
  changes: readonly AccountChange[];
}

export function planApp(story: Story): PlannedApp {
  const now = Date.now();
  const dayOf = (version: number) => ((story.sessions - version + 1) / story.sessions) * HISTORY_DAYS;
  return {
    id: randomUUID(),
    cloneGroupId: randomUUID(),
    story,
    syncIds: Array.from({ length: story.sessions }, () => randomUUID()),
    targets: targetsOf(story),
    at: (version) => new Date(now - dayOf(version) * DAY_MS),
  };
}

export function toApp({ id, cloneGroupId, story, at }: PlannedApp, orgId: string, name: string): Row {
  return {
    id,
    org_id: orgId,
    clone_group_id: cloneGroupId,
    name,
    configuration_status: "CONFIGURED",
    removal_guard: null,
    live_version: story.sessions,
    created_at: later(at(1), -DAY_MS),
    last_synced_at: at(story.sessions),
    session_ends: story.sessions,
  };
}

export function toTypes({ cloneGroupId }: PlannedApp): Row[] {
  return TYPES.map(({ slug, name, type }) => ({ clone_group_id: cloneGroupId, slug, name, type }));
}

/** The changes of all sessions; meanwhile collects the sessions, and in `versions` the last one of each account. */
export function* toChanges(
  app: PlannedApp,
  { keyId, sessions, versions }: { keyId: string; sessions: Row[]; versions: Int32Array },
): Generator<Row> {
  sessions.push(toSession(app, keyId, { version: 1, changes: [] }));
  for (const session of changesOf(app.story, versions)) {
    sessions.push(toSession(app, keyId, session));
    for (const change of session.changes) yield toChange(app, session.version, change);
  }
}

function toSession({ id, story, syncIds, targets, at }: PlannedApp, keyId: string, session: SessionStory): Row {
  const { version } = session;
  return {
    id: syncIds[version - 1]!,
    app_id: id,
    status: "completed",
    reconciliation: "done",
    base_version: version - 1,
    ended_sequence: version,
    started_at: at(version),
    ended_at: later(at(version), 20_000),
    reconciliation_started_at: later(at(version), 20_500),
    reconciled_at: later(at(version), 21_000),
    started_by: keyId,
    expires_at: later(at(version), SESSION_DAYS * DAY_MS),
    version,
    counts: countsOf(story, targets, session),
    judgement: { guard: null, losses: [] },
  };
}

/** In the order of their slugs, as the server counts them. */
function countsOf({ accounts }: Story, targets: PlannedApp["targets"], { version, changes }: SessionStory) {
  const count = (slug: string, synced_count: number) => ({
    slug,
    synced_count,
    created: version === 1 ? synced_count : 0,
    updated: 0,
    removed: 0,
  });
  const removed = changes.filter(({ change }) => change === "removed").length;
  return [
    { ...count("account", accounts - removed), updated: changes.length - removed, removed },
    ...[...targets].map(([slug, records]) => count(slug, records.length)),
  ];
}

function toChange({ id, syncIds }: PlannedApp, version: number, { number, change, before }: AccountChange): Row {
  const data = accountAt(number, before);
  const isUpdate = change === "updated";
  return {
    session_id: syncIds[version - 1]!,
    app_id: id,
    version,
    slug: "account",
    id: data.id,
    change,
    before: data,
    position: isUpdate ? version * 100_000 + Math.floor(number / 100) : null,
    ordinal: isUpdate ? (number % 100) + 1 : null,
  };
}

/** The records after the last session; `versions` has the last session of each account. */
export function* toRecords(app: PlannedApp, versions: Int32Array): Generator<Row> {
  const { story, syncIds, targets, at } = app;
  const kept = story.accounts - removedCount(story);
  const isRemoved = {
    changed_version: story.sessions,
    removed_at: later(at(story.sessions), 20_500),
    removed_in: syncIds[story.sessions - 1]!,
  };
  for (let number = 0; number < story.accounts; number++) {
    const version = versions[number]!;
    const record = toRecord(app.id, { slug: "account", data: accountAt(number, version) }, version);
    yield number < kept ? record : { ...record, ...isRemoved };
  }
  for (const target of [...targets.values()].flat()) yield toRecord(app.id, target, 1);
}

function toRecord(appId: string, { slug, data }: StoredRecord, version: number): Row {
  return {
    app_id: appId,
    slug,
    id: data.id,
    data,
    digest: digestOf(JSON.stringify(data)),
    created_version: 1,
    changed_version: version,
    removed_at: null,
    removed_in: null,
  };
}

const later = (moment: Date, milliseconds: number) => new Date(moment.getTime() + milliseconds);
