import type { Ask } from "../ask.ts";

/** The rows that a table is filled for. */
interface Center {
  /** An app of the calling organisation, which gets most of everything. */
  appId: string;
  /** An ended session of it that is not the newest. */
  syncId: string;
  /** The number of rows that it gets per table. */
  rows: number;
  /** The number of rows that another organisation's app gets, and of the sessions of each. */
  fewer: number;
}

/**
 * Fills every table that grows: most for one app, some for another organisation's. Most rows that a filter excludes
 * come before those that it lets through, so a list without an index for it has to read far.
 */
export async function fillTables(ask: Ask, { appId, syncId, rows, fewer }: Center): Promise<void> {
  const [{ org_id: orgId, clone_group_id: groupId }] = (await ask(
    "select org_id, clone_group_id from apps where id = $1",
    [appId],
  )) as [Record<string, string>];
  const other = "11111111-1111-4111-8111-111111111111";
  const otherApp = "22222222-2222-4222-8222-222222222222";
  const fillWith = async (count: number, text: string, ...values: unknown[]) =>
    void (await ask(text.replaceAll(":rows", String(count)), values));
  const fill = (text: string, ...values: unknown[]) => fillWith(rows, text, ...values);
  const orgs = [
    { org: orgId, count: rows },
    { org: other, count: fewer },
  ];
  const apps = [
    { app: appId, session: syncId, count: rows },
    { app: otherApp, session: "33333333-3333-4333-8333-333333333333", count: fewer },
  ];
  await fill("insert into orgs (id, slug, name, created_at) values ($1, 'other', 'Other', now())", other);
  await fill(
    `insert into apps (id, org_id, clone_group_id, name, configuration_status, created_at, last_synced_at)
    select case n when 1 then $2::uuid else gen_random_uuid() end, $1::uuid, gen_random_uuid(), 'app ' || n, 'CONFIGURED',
      now() - n * interval '1 minute', now() - n * interval '1 minute'
    from generate_series(1, 11000) n`,
    other,
    otherApp,
  );
  await fill(
    `insert into apps (id, org_id, clone_group_id, name, configuration_status, created_at)
    select gen_random_uuid(), $1::uuid, $2::uuid, 'app ' || n, 'CONFIGURED', now() from generate_series(1, 1500) n`,
    orgId,
    groupId,
  );
  await fill(
    "insert into record_ref_progress (app_id, version, is_behind) select id, 0, false from apps on conflict do nothing",
  );
  for (const { org, count } of orgs) {
    await fillWith(
      count,
      `insert into api_keys (id, org_id, name, role, secret_hash, created_at)
      select substr(md5($1 || n), 1, 16), $1::uuid, 'key', 'connector', '', now() from generate_series(1, :rows) n`,
      org,
    );
    await fillWith(
      count,
      `insert into audit_entries (id, org_id, at, key_id, operation, path, app_id, status)
      select gen_random_uuid(), $1::uuid, now() - n * interval '1 second', 'somebody', 'createTask', '/', null, 201
      from generate_series(1, :rows) n`,
      org,
    );
    await fillWith(
      count,
      `insert into events (org_id, sequence, app_id, data, created_at)
      select $1::uuid, 1000 + n, $2::uuid,
        jsonb_build_object('type', case when n % 100 = 0 then 'sync.progress' else 'task.created' end),
        now() - (:rows - n) * interval '90.1 days' / :rows
      from generate_series(1, :rows) n`,
      org,
      appId,
    );
    await fillWith(count, "update orgs set event_sequence = :rows + 1000 where id = $1", org);
  }
  await fill(
    `insert into idempotent_responses (key_id, operation, idempotency_digest, request_digest, response, created_at)
    select 'k' || n, 'createTask', 'x', 'x', 'x', now() - n * interval '1.01 days' / :rows from generate_series(1, :rows) n`,
  );
  for (const { app, count } of apps) {
    await fillWith(
      fewer,
      `insert into sync_sessions (id, app_id, status, reconciliation, base_version, ended_sequence, started_at, ended_at, reconciled_at)
      select gen_random_uuid(), $1::uuid, 'completed', 'done', 0, -n, now() - n * interval '90.1 days' / :rows,
        now() - n * interval '90.1 days' / :rows, now() - n * interval '90.1 days' / :rows
      from generate_series(1, :rows) n`,
      app,
    );
    await fillWith(
      count,
      `insert into records (app_id, slug, id, data, digest, created_version, changed_version)
      select $1::uuid, 'account', 'a' || lpad(n::text, 6, '0'),
        jsonb_build_object('id', 'a' || lpad(n::text, 6, '0'), 'status', case when n < 10 then 'suspended' else 'active' end),
        md5(n::text)::uuid, 1, 1
      from generate_series(:rows, 1, -1) n`,
      app,
    );
    await fillWith(
      count,
      `insert into record_refs (app_id, slug, ref_digest, account_slug, account_id)
      select $1::uuid, 'team', md5('g1')::uuid, 'account', 'a' || lpad(n::text, 6, '0') from generate_series(1, :rows) n`,
      app,
    );
    await fillWith(
      count,
      `insert into record_terms (app_id, slug, term, id)
      select $1::uuid, 'account', 'a' || lpad(n::text, 6, '0'), 'a' || lpad(n::text, 6, '0') from generate_series(1, :rows) n`,
      app,
    );
    // Ended ones first, then those that wait for a time far ahead, then a few that failed or are pending.
    await fillWith(
      count,
      `insert into tasks (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at, outcome,
        ended_at)
      select gen_random_uuid(), $1::uuid, n, 'suspend_account', '{"account": {"id": "u"}}', $1 || 'u' || n,
        now() - interval '1 year' + n * interval '1 second', false, now(), 'completed',
        now() - n * interval '90.1 days' / :rows
      from generate_series(1, :rows) n`,
      app,
    );
    await fillWith(
      count,
      `insert into tasks (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at)
      select gen_random_uuid(), $1::uuid, :rows + n, 'suspend_account', '{"account": {"id": "u"}}', $1 || 's' || n,
        now() + interval '1 year' + n * interval '1 second', true, now()
      from generate_series(1, :rows) n`,
      app,
    );
  }
  await fill(
    `insert into task_history (task_id, position, at, event) select id, 1, created_at, 'created' from tasks
    on conflict do nothing`,
  );
  for (const { app, session, count } of apps)
    await fillWith(
      count,
      `insert into record_changes (session_id, slug, id, change, app_id, version, before)
      select $1::uuid, 'account', 'a' || lpad(n::text, 6, '0'), 'updated', $2::uuid, 1, '{"id": "x"}'
      from generate_series(1, :rows) n`,
      session,
      app,
    );
  // Of many sessions, with some each.
  await fill(
    `insert into sync_pages (session_id, digest, slug, ids, record_digests, record_count, records, ref_slugs, ref_ids, ref_names)
    select md5((n / 50)::text)::uuid, n::text, 'account', '{}', '{}', 0, '[]', '{}', '{}', '{}'
    from generate_series(1, :rows) n`,
  );
  await fill("analyze");
}
