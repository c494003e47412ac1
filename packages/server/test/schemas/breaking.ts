/** What a migration must not do to the tables of the previous version, whose processes are still running. */
export const BREAKING: readonly { name: string; pattern: RegExp; examples: readonly string[] }[] = [
  {
    name: "takes a table or a column away",
    pattern: /\bdrop\s+(table|column|sequence|view)\b|\btruncate\b/i,
    examples: ["drop table record_refs", "alter table tasks drop column result", "truncate events"],
  },
  {
    name: "renames",
    pattern: /\brename\b/i,
    examples: ["alter table tasks rename column result to outcome", "alter table tasks rename to jobs"],
  },
  {
    name: "needs a value that an older process does not write",
    pattern: /\bset\s+not\s+null\b|\bdrop\s+default\b|\badd\s+column\b(?=[^,]*\bnot\s+null\b)(?![^,]*\bdefault\b)/i,
    examples: [
      "alter table tasks alter column priority set not null",
      "alter table tasks alter column priority drop default",
      "alter table tasks add column priority integer not null",
    ],
  },
  {
    name: "changes a type",
    pattern: /\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b/i,
    examples: ["alter table tasks alter column id type text", "alter table tasks alter column id set data type text"],
  },
  {
    name: "forbids what was allowed",
    pattern: /\balter\s+table\b.*\badd\s+(constraint|check|unique|primary)\b|\bcreate\s+unique\s+index\b/is,
    examples: [
      "alter table tasks add constraint positive check (priority > 0)",
      "alter table tasks add unique (app_id, account_id)",
      "create unique index apps_by_name on apps (org_id, name)",
    ],
  },
];

/**
 * Statements that remove something once no process uses it: `unusedSince` is the first version that does not, and it
 * was released before the one with the migration. Those of 0002 came before the first release, so no published version
 * knows the old names.
 */
export const CONTRACTIONS: readonly { statement: string; unusedSince: string }[] = [
  "alter table sync_sessions rename column fold to reconciliation",
  "alter table sync_sessions rename column fold_started_at to reconciliation_started_at",
  "alter table sync_sessions rename column folded_at to reconciled_at",
  "alter table sync_sessions rename column is_expiry_told to is_expiry_announced",
  "alter index sync_sessions_folded rename to sync_sessions_reconciled",
  "alter table idempotent_answers rename to idempotent_responses",
  "alter table idempotent_responses rename column answer to response",
  "alter index idempotent_answers_by_age rename to idempotent_responses_by_age",
  "alter index idempotent_answers_of_made rename to idempotent_responses_of_made",
].map((statement) => ({ statement, unusedSince: "0.0.0" }));

/** Why an older process might fail after the statement; undefined if it does not. */
export function breaksOlder(statement: string): string | undefined {
  return BREAKING.find(({ pattern }) => pattern.test(statement))?.name;
}
