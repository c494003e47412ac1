import type {
  AuditTable,
  BrowserSessionTable,
  BudgetUseTable,
  KeyTable,
  OrgTable,
  SignInTokenTable,
  UserTable,
} from "./tables/callers.ts";
import type {
  AppRunnerTable,
  FleetTable,
  AppTable,
  PageTable,
  ResourceTypeTable,
  SessionTable,
} from "./tables/apps.ts";
import type {
  ChangeTable,
  CreatedPlaceTable,
  RecordCountTable,
  RecordTable,
  RefProgressTable,
  RefTable,
  TermTable,
} from "./tables/records.ts";
import type { TaskHistoryTable, TaskTable } from "./tables/tasks.ts";
import type { DeletionTable, ErasureTable, EventTable, IdempotentResponseTable } from "./tables/bookkeeping.ts";

/** The tables for Kysely; `migrations.ts` creates them. */
export interface Tables {
  orgs: OrgTable;
  budget_uses: BudgetUseTable;
  api_keys: KeyTable;
  audit_entries: AuditTable;
  events: EventTable;
  apps: AppTable;
  app_runners: AppRunnerTable;
  fleets: FleetTable;
  resource_types: ResourceTypeTable;
  sync_sessions: SessionTable;
  sync_pages: PageTable;
  records: RecordTable;
  record_changes: ChangeTable;
  created_places: CreatedPlaceTable;
  record_counts: RecordCountTable;
  record_refs: RefTable;
  record_terms: TermTable;
  record_ref_progress: RefProgressTable;
  tasks: TaskTable;
  task_history: TaskHistoryTable;
  idempotent_responses: IdempotentResponseTable;
  deletions: DeletionTable;
  erasures: ErasureTable;
  users: UserTable;
  browser_sessions: BrowserSessionTable;
  sign_in_tokens: SignInTokenTable;
}
