/**
 * The tables of the fleet, in the order of their changes. A released migration is never edited. The SQL is that of
 * ARCHITECTURE.md; each statement names its table with the schema.
 */
export const migrations: Readonly<Record<string, readonly string[]>> = {
  "0001_initial": [
    `create table fleet.apps (
      id text collate "C" primary key,
      org text collate "C" not null,
      key text collate "C" not null,
      name text not null,
      zone text not null,
      upstream_host text not null,
      credential text not null,
      schedule text not null,
      bridge_app_id text,
      next_run_at timestamptz,
      sync_priority integer not null default 0,
      queued_at timestamptz,
      paused_at timestamptz,
      parked_at timestamptz,
      tries integer not null default 0,
      sync_generation bigint not null default 0,
      tasks_generation bigint not null default 0,
      last_sync_at timestamptz,
      last_sync_end text,
      last_sync_note text,
      last_success_at timestamptz,
      seen_at timestamptz not null
    )`,
    `create index apps_due on fleet.apps (zone, next_run_at) where paused_at is null and parked_at is null`,
    `create index apps_of_org on fleet.apps (org, key)`,
    `create table fleet.workers (
      id text primary key,
      host text not null,
      pid integer not null,
      capacity integer not null,
      zones text not null,
      started_at timestamptz not null,
      heartbeat_at timestamptz not null,
      draining_at timestamptz
    )`,
    `create table fleet.runs (
      app text collate "C" not null,
      kind text not null,
      generation bigint not null,
      worker text not null,
      job_id text not null,
      queue text not null,
      started_at timestamptz not null,
      heartbeat_at timestamptz not null,
      ended_at timestamptz,
      ended_how text,
      note text,
      primary key (app, kind, generation)
    )`,
    `create index runs_in_progress on fleet.runs (heartbeat_at) where ended_at is null`,
    `create index runs_of_worker on fleet.runs (worker) where ended_at is null`,
  ],
  "0002_state": [
    `create table fleet.journals (
      app text collate "C" primary key,
      runner text not null
    )`,
    // Entries and receipts are JSON as text: a column of JSON takes neither a NUL nor half a surrogate pair.
    `create table fleet.journal_entries (
      app text collate "C" not null,
      digest text not null,
      position bigint not null,
      entry text not null,
      primary key (app, digest)
    )`,
    `create table fleet.receipts (
      app text collate "C" not null,
      sequence bigint not null,
      stamp uuid not null,
      status text not null,
      receipt text not null,
      primary key (app, sequence)
    )`,
    `create table fleet.receipt_hashes (
      app text collate "C" not null,
      stamp uuid not null,
      slug text not null,
      target text not null,
      part integer not null,
      bytes bytea not null,
      primary key (app, stamp, slug, target, part)
    )`,
  ],
  "0003_limits": [
    // Turns of a credential at a host, of which those before next_at are given away, and pauses of its buckets. A host
    // itself has an empty credential.
    `create table fleet.limits (
      credential text collate "C" not null,
      origin text collate "C" not null,
      bucket text collate "C" not null,
      next_at timestamptz,
      paused_until timestamptz,
      primary key (credential, origin, bucket)
    )`,
  ],
  "0004_queued": [`create index apps_queued on fleet.apps (zone, org) where queued_at is not null`],
  "0005_drill": [
    `alter table fleet.workers add column may_be_killed boolean not null default false`,
    `alter table fleet.workers add column kill_at timestamptz`,
  ],
  "0006_generations": [
    // A Bridge refuses an older generation than it knows. So those of a database that replaces a lost one begin with the
    // time in seconds, which is more than any number of runs until then.
    `alter table fleet.apps alter column sync_generation set default extract(epoch from now())::bigint`,
  ],
  "0007_identity": [
    `create table fleet.identity (
      name text primary key,
      id uuid not null
    )`,
    `insert into fleet.identity (name, id) values ('fleet', gen_random_uuid()) on conflict do nothing`,
  ],
  "0008_due_since": [`alter table fleet.apps add column due_since timestamptz`],
  "0009_deleted": [`alter table fleet.apps add column deleted_at timestamptz`],
  "0010_tasks_tries": [`alter table fleet.apps add column tasks_tries integer not null default 0`],
  "0011_config": [`alter table fleet.apps add column connector text`, `alter table fleet.apps add column config text`],
};
