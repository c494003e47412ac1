import { initial } from "./migrations/initial.ts";

/**
 * The tables of the Bridge, in the order of their changes. A released migration is never edited; CONTRIBUTING.md says
 * what later ones may do.
 *
 * The SQL is common to PostgreSQL, PGlite, Citus, YugabyteDB and CockroachDB: no triggers, enums, domains, temporary
 * tables or foreign keys (a distributed table can't refer to one with another distribution key). Ids are compared by
 * bytes (`collate "C"`), so that every database lists them in the same order.
 */
export const migrations: Readonly<Record<string, readonly string[]>> = {
  "0001_initial": initial,
  "0002_field_words": [
    `alter table sync_sessions rename column fold to reconciliation`,
    `alter table sync_sessions rename column fold_started_at to reconciliation_started_at`,
    `alter table sync_sessions rename column folded_at to reconciled_at`,
    `alter table sync_sessions rename column is_expiry_told to is_expiry_announced`,
    `alter index sync_sessions_folded rename to sync_sessions_reconciled`,
    `alter table idempotent_answers rename to idempotent_responses`,
    `alter table idempotent_responses rename column answer to response`,
    `alter index idempotent_answers_by_age rename to idempotent_responses_by_age`,
    `alter index idempotent_answers_of_made rename to idempotent_responses_of_made`,
    `update deletions set kind = 'reconciled_pages' where kind = 'folded_pages'`,
  ],
  "0003_console": [
    // How many accounts of a type are active, as of a version: counting a million of them takes too long for a page.
    `create table record_counts (
      app_id uuid not null,
      slug text collate "C" not null,
      active integer not null,
      version integer not null,
      primary key (app_id, slug)
    )`,
    `alter table sync_sessions add column kept jsonb`,
    `alter table sync_sessions add column kept_count integer`,
    `alter table sync_sessions add column judgement jsonb`,
    `alter table tasks add column retry_of uuid`,
    `alter table tasks add column retried_at timestamptz`,
    `create index sync_sessions_completed on sync_sessions (app_id, sequence) where status = 'completed'`,
    `create index sync_sessions_partial on sync_sessions (app_id, sequence)
      where status = 'abandoned' and reconciliation <> 'dropped' and coalesce(receipt ->> 'mode', 'full') <> 'changes'`,
    `create index tasks_unresolved on tasks (app_id, (error ->> 'code'), ended_at, id)
      where outcome = 'failed' and cancelled_at is null and retried_at is null`,
    `create index tasks_by_action on tasks (app_id, action, execute_after, sequence)`,
    `create index tasks_by_code on tasks (app_id, (error ->> 'code'), execute_after, sequence) where outcome = 'failed'`,
    `create index tasks_cancelled on tasks (app_id, execute_after, sequence) where cancelled_at is not null`,
  ],
  "0004_sign_in": [
    `create table users (
      id uuid primary key,
      org_id uuid not null,
      subject_digest text not null,
      issuer text not null,
      name text not null,
      email text,
      role text not null,
      created_at timestamptz not null,
      last_signed_in_at timestamptz not null,
      disabled_at timestamptz,
      unique (org_id, subject_digest)
    )`,
    `create index users_by_age on users (org_id, created_at, id)`,
    `create table browser_sessions (
      hash text primary key,
      user_id uuid not null,
      org_id uuid not null,
      created_at timestamptz not null,
      seen_at timestamptz not null,
      checked_at timestamptz not null,
      sealed_refresh_token text
    )`,
    `create index browser_sessions_of_user on browser_sessions (user_id)`,
    `create index browser_sessions_by_age on browser_sessions (org_id, seen_at)`,
    `create table sign_in_tokens (
      hash text primary key,
      kind text not null,
      org_id uuid,
      sealed text not null,
      expires_at timestamptz not null
    )`,
    `create index sign_in_tokens_by_age on sign_in_tokens (expires_at)`,
    `create index sign_in_tokens_of_org on sign_in_tokens (org_id) where org_id is not null`,
  ],
  "0005_generations": [`alter table apps add column generation bigint`],
  "0006_audit_search": [
    `create index audit_entries_of_operation on audit_entries (org_id, operation, at, id)`,
    // What a call created, or else the last id in its path.
    `create index audit_entries_of_target on audit_entries (org_id, lower(coalesce(
      details -> 'after' ->> 'task_id', details -> 'after' ->> 'sync_id', details ->> 'key_id', details ->> 'erasure_id',
      substring(path from '.*/([0-9A-Fa-f-]{16,36})(?:/|$)'), app_id::text)), at, id)`,
  ],
  "0007_budget": [
    `alter table orgs add column removals_per_hour integer`,
    `alter table orgs add column revocations_per_hour integer`,
    // What was taken away of which kind, by the minute, for an hour.
    `create table budget_uses (
      org_id uuid not null,
      kind text not null,
      minute timestamptz not null,
      count integer not null,
      primary key (org_id, kind, minute)
    )`,
    `alter table tasks add column held_at timestamptz`,
    `alter table tasks add column wished_at timestamptz`,
    `create index tasks_held on tasks (app_id, held_at, sequence) where held_at is not null and outcome is null`,
  ],
  "0008_runners": [
    // Not in apps, whose rows transactions lock.
    `create table app_runners (
      app_id uuid primary key,
      report jsonb not null,
      reported_at timestamptz not null
    )`,
  ],
  "0009_runner_orders": [
    `alter table app_runners add column ordered jsonb`,
    `create index app_runners_ordered on app_runners (app_id) where ordered is not null`,
  ],
  "0010_workers": [
    // One row per fleet: its workers are reported and read together.
    `create table fleets (
      org_id uuid not null,
      id uuid not null,
      workers jsonb not null,
      reported_at timestamptz not null,
      ordered jsonb not null default '[]',
      primary key (org_id, id)
    )`,
  ],
  "0011_session_times": [
    `create index sync_sessions_by_time on sync_sessions (app_id, reconciled_at, version) where version is not null`,
  ],
  "0012_changing_sessions": [
    // Most sessions find everything as it was: whoever asks what changed must not look through them.
    `create index sync_sessions_changing on sync_sessions (app_id, reconciled_at, version)
      where version is not null and reconciliation = 'done' and (counts is null
        or counts @? '$[*] ? (@.created > 0 || @.updated > 0 || @.removed > 0)')`,
  ],
  "0013_removed_records": [
    // Whether an account of a list was removed: most were not, and no record need be read to know it.
    `create index records_removed on records (app_id, slug, id) where removed_at is not null`,
  ],
  "0014_all_apps": [
    // Tasks by what their account begins with; the console looks for them in any case.
    `create index tasks_by_account_text on tasks (app_id, (lower(left(account_id collate "default", 64)) collate "C"))`,
    ...["email", "username", "display_name", "first_name", "last_name"].map(
      (
        field,
      ) => `create index tasks_by_${field} on tasks (app_id, (lower(left(payload #>> '{account,${field}}', 64)) collate "C"))
        where payload #>> '{account,${field}}' is not null`,
    ),
    // Sessions by their start and status.
    `create index sync_sessions_by_start on sync_sessions (app_id, started_at, id)`,
    `create index sync_sessions_by_status on sync_sessions (app_id, status, started_at, id)`,
  ],
  "0015_whole_names": [
    // Accounts without a display name are found by their first and last name together; later ones get it with the others.
    `insert into record_terms (app_id, slug, term, id)
      select app_id, slug, lower(left((data ->> 'first_name') || ' ' || (data ->> 'last_name'), 64)) collate "C", id
      from records
      where coalesce(data ->> 'display_name', '') = '' and data ->> 'first_name' <> '' and data ->> 'last_name' <> ''
      on conflict do nothing`,
  ],
};
