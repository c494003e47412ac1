interface Avoided {
  /** The name in ARCHITECTURE.md, "SQL that we avoid, and why". */
  name: string;
  pattern: RegExp;
  /** What the pattern must find. */
  example: string;
  /** A migration or a file that may, and its reason. */
  except?: Readonly<Record<string, string>>;
}

/** What one of PostgreSQL, Citus, YugabyteDB and CockroachDB lacks, or does differently. */
export const AVOIDED_SQL: readonly Avoided[] = [
  {
    name: "Triggers",
    pattern: /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i,
    example: "create trigger audit after insert on tasks",
  },
  {
    name: "Stored procedures and functions",
    pattern: /\bcreate\s+(or\s+replace\s+)?(function|procedure)\b|\bdo\s+\$/i,
    example: "create or replace function touch() returns trigger",
  },
  {
    name: "Enums and domains",
    pattern: /\b(create|alter)\s+(type|domain)\b/i,
    example: "create type role as enum ('admin')",
  },
  {
    name: "Foreign keys",
    pattern: /\bforeign\s+key\b|\breferences\s+\w+/i,
    example: "app_id uuid not null references apps (id)",
  },
  {
    name: "Exclusion constraints",
    pattern: /\bexclude\s*(using\b|\()/i,
    example: "exclude using gist (during with &&)",
  },
  {
    name: "Deferrable constraints",
    pattern: /\bdeferrable\b/i,
    example: "unique (slug) deferrable initially deferred",
  },
  {
    name: "Temporary tables",
    pattern: /\b(temp|temporary)\s+table\b/i,
    example: "create temporary table staged (id text)",
  },
  { name: "Unlogged tables", pattern: /\bunlogged\b/i, example: "create unlogged table sync_pages (id text)" },
  {
    name: "Partitions and inheritance",
    pattern: /\binherits\s*\(|\bpartition\s+of\b|\bpartition\s+by\s+(range|list|hash)\b/i,
    example: "create table events_2026 partition of events",
  },
  {
    name: "Materialized views",
    pattern: /\bmaterialized\s+view\b/i,
    example: "create materialized view members as select 1",
  },
  {
    name: "Stored generated columns",
    pattern: /\bgenerated\s+always\s+as\s*\(/i,
    example: "status text generated always as (data ->> 'status') stored",
  },
  {
    name: "Extensions, and other indexes than B-trees",
    pattern: /\bcreate\s+extension\b|\busing\s+(gin|gist|spgist|brin|hash)\b|\bgin_trgm_ops\b/i,
    example: "create index names on records using gin (data gin_trgm_ops)",
  },
  { name: "Advisory locks", pattern: /\bpg_(try_)?advisory\w*/i, example: "select pg_advisory_xact_lock(1)" },
  { name: "LOCK TABLE", pattern: /\block\s+table\b/i, example: "lock table tasks in exclusive mode" },
  {
    name: "LISTEN and NOTIFY",
    pattern: /\bpg_notify\b|^\s*(un)?listen\b|^\s*notify\b/im,
    example: "select pg_notify('bridge_events', '{}')",
    except: { "events/event-log.ts": "only where the database has it, and waiting callers poll elsewhere" },
  },
  {
    name: "Sequences for order",
    pattern: /\bcreate\s+sequence\b|\bnextval\b|\b(big|small)?serial\b/i,
    example: "select nextval('sync_session_ends')",
  },
  { name: "MERGE", pattern: /\bmerge\s+into\b/i, example: "merge into records using staged on true" },
];
