import type { SharedPause } from "@bridgekit/core/run";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/tables.ts";

export interface LimitKey {
  /** A digest. */
  credential: string;
  origin: string;
}

/** Turns that belong to this process. */
export interface Lease {
  /** Seconds from now until the first turn; the others follow in the asked interval. */
  startsInSeconds: number;
  /** All pauses of the credential and of the host that last. */
  pauses: readonly SharedPause[];
}

interface LeaseRow {
  starts_in: number;
  credential: string | null;
  bucket: string | null;
  seconds: number | null;
}

/** A pause of the host holds back all credentials. */
const HOST = "";
/** Buckets are named after paths; a longer name is not shared. */
const LONGEST_BUCKET = 500;

/**
 * Takes the next turns of a credential, which no other process gets, and reads the pauses, in one statement. The row says
 * when the turns end that were given away; the clock is that of the database. Without turns only the pauses are read.
 */
export async function lease(
  database: Kysely<Tables>,
  { credential, origin }: LimitKey,
  { count, intervalSeconds }: { count: number; intervalSeconds: number },
): Promise<Lease> {
  const length = count * intervalSeconds;
  const taken =
    count === 0
      ? sql`select 0::float8 as starts_in`
      : sql`
        insert into fleet.limits as given (credential, origin, bucket, next_at)
        values (${credential}, ${origin}, '', clock_timestamp() + ${length}::float8 * interval '1 second')
        on conflict (credential, origin, bucket) do update
          set next_at = greatest(given.next_at + ${length}::float8 * interval '1 second', excluded.next_at)
        returning extract(epoch from next_at - clock_timestamp())::float8 - ${length}::float8 as starts_in
      `;
  const { rows } = await sql<LeaseRow>`
    with taken as (${taken})
    select taken.starts_in, pause.credential, pause.bucket,
      extract(epoch from pause.paused_until - clock_timestamp())::float8 as seconds
    from taken left join fleet.limits pause
      on pause.credential in (${credential}, ${HOST}) and pause.origin = ${origin} and pause.paused_until > now()
  `.execute(database);
  const pauses = rows.flatMap(({ credential: paused, bucket, seconds }): SharedPause[] =>
    paused === null || bucket === null || seconds === null
      ? []
      : [{ scope: paused === HOST ? "host" : "credential", bucket, seconds }],
  );
  return { startsInSeconds: rows[0]!.starts_in, pauses };
}

/** Keeps a pause for all processes, unless a longer one is known. */
export async function writePause(
  database: Kysely<Tables>,
  { credential, origin }: LimitKey,
  { scope, bucket, seconds }: SharedPause,
): Promise<void> {
  if (bucket.length > LONGEST_BUCKET) return;
  await sql`
    insert into fleet.limits as known (credential, origin, bucket, paused_until)
    values (
      ${scope === "host" ? HOST : credential}, ${origin}, ${bucket}, now() + ${seconds}::float8 * interval '1 second'
    )
    on conflict (credential, origin, bucket) do update
      set paused_until = greatest(known.paused_until, excluded.paused_until)
  `.execute(database);
}

/** Deletes limits that were not used for an hour. */
export async function forgetOld(database: Kysely<Tables>): Promise<void> {
  await sql`
    delete from fleet.limits where greatest(next_at, paused_until) < now() - interval '1 hour'
  `.execute(database);
}
