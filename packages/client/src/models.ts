import type { components } from "./openapi.ts";

type Schemas = components["schemas"];

/** Schemas of `spec/openapi.yaml` under their own names. */
export type AccountFields = Schemas["AccountFields"];
export type AccountRecord = Schemas["AccountRecord"];
export type App = Schemas["App"];
export type AppCreate = Schemas["AppCreate"];
export type AppUpdate = Schemas["AppUpdate"];
export type AuditEntry = Schemas["AuditEntry"];
/** What a session did to a record. */
export type Change = Schemas["Change"];
export type ChangeSort = Schemas["ChangeSort"];
/** The receipt of an erasure; contains no personal data. */
export type Erasure = Schemas["Erasure"];
/** With the key of the digest, which is returned only once. */
export type ErasureCreated = Schemas["ErasureCreated"];
export type ErasurePreview = Schemas["ErasurePreview"];
/** The capabilities of an app's connector. */
export type Capabilities = Schemas["Capabilities"];
export type Event = Schemas["Event"];
export type EventType = Schemas["EventType"];
/** What the records have in common that a held session would remove. */
export type HeldExplanation = Schemas["HeldExplanation"];
export type GroupRecord = Schemas["GroupRecord"];
export type Key = Schemas["Key"];
export type KeyCreate = Schemas["KeyCreate"];
/** With the secret, which is returned only once. */
export type KeyCreated = Schemas["KeyCreated"];
export type SignInLink = Schemas["SignInLink"];
export type SignInLinkCreate = Schemas["SignInLinkCreate"];
export type User = Schemas["User"];
export type UserUpdate = Schemas["UserUpdate"];
export type KeyRotate = Schemas["KeyRotate"];
/** How every app is doing, and what needs a decision. */
export type Overview = Schemas["Overview"];
export type Org = Schemas["Org"];
export type Kind = Schemas["Kind"];
export type LicenseRecord = Schemas["LicenseRecord"];
/** `data` is the record as pushed, unknown fields included; the Bridge adds the rest. */
export type LiveRecord = Schemas["LiveRecord"];
/** An email address in all apps, or a single account. */
export type Person = Schemas["Person"];
export type PageResult = Schemas["PageResult"];
/** What a session did to a record, field by field. */
export type Member = Schemas["Member"];
export type RecentChange = Schemas["RecentChange"];
export type AppSync = Schemas["AppSync"];
export type RecordChange = Schemas["RecordChange"];
export type RecordHistory = Schemas["RecordHistory"];
export type RecordData = Schemas["RecordData"];
export type RecordStatus = Schemas["RecordStatus"];
export type Ref = Schemas["Ref"];
export type RefChange = Schemas["RefChange"];
export type RefMap = Schemas["RefMap"];
export type ResourceType = Schemas["ResourceType"];
export type ResourceTypeUpdate = Schemas["ResourceTypeUpdate"];
/** The receipt of a run, stored with its session. */
export type RunReceipt = Schemas["RunReceipt"];
/** What was wrong in the same field of several records. */
export type RunFault = Schemas["RunFault"];
export type SeatPoint = Schemas["SeatPoint"];
export type SyncProgress = Schemas["SyncProgress"];
export type SyncSession = Schemas["SyncSession"];
export type SyncStatus = Schemas["SyncStatus"];
export type Task = Schemas["Task"];
export type TaskAction = Schemas["TaskAction"];
/** By default the Bridge leases one task for 60 seconds. */
export type TaskClaim = Pick<Schemas["TaskClaim"], "runner" | "task_ids"> & Partial<Schemas["TaskClaim"]>;
export type TaskCreate = Schemas["TaskCreate"];
export type TaskErrorCode = Schemas["TaskErrorCode"];
export type TaskFailure = Schemas["TaskError"];
export type TaskPayload = Schemas["TaskPayload"];
export type TaskReport = Schemas["TaskReport"];
export type TaskReadBack = Schemas["TaskReadBack"];
export type TaskResult = Schemas["TaskResult"];
/** What several records have in common. */
export type Trait = Schemas["Trait"];
export type TaskStatus = Schemas["TaskStatus"];
export type TaskWithHistory = Schemas["TaskWithHistory"];

/** A record of any kind, as pushed. */
export type PushedRecord = AccountRecord | GroupRecord | LicenseRecord;
/** A task with its app. */
export type AppTask = Schemas["AppTask"];
/** What other settings of the removal guard would have held. */
export type GuardPreview = Schemas["GuardPreview"];
/** An account with its app. */
export type PersonAccount = Schemas["PersonAccount"];
export type RemovalGuard = Schemas["RemovalGuard"];
/** What a retry or an undo made, or would make. */
export type TaskBatch = Schemas["TaskBatch"];
export type TaskRetry = Partial<Schemas["TaskRetry"]>;
export type TaskState = Schemas["TaskState"];
export type TaskCancel = Partial<Schemas["TaskCancel"]>;
export type TaskUndo = Pick<Schemas["TaskUndo"], "task_ids"> & Partial<Schemas["TaskUndo"]>;
/** How much may be taken away in an hour. */
export type Budget = Schemas["Budget"];
export type BudgetUpdate = Schemas["BudgetUpdate"];
/** Where an app runs, and when next. */
export type AppRunnerReport = Schemas["AppRunnerReport"];
/** A worker of a fleet, and what it runs. */
export type WorkerReport = Schemas["WorkerReport"];
/** As the Bridge lists it. */
export type Worker = Schemas["Worker"];
/** What a person has ordered of a worker. */
export type WorkerOrder = Required<RunnerOrderList>["worker_orders"][number];
/** The fleet that reports; without workers its last report of them stands. */
export type FleetReport = Schemas["FleetReport"];
/** What is ordered of apps, and of the workers of the fleet that reports. */
export type RunnerOrderList = Schemas["RunnerOrderList"];
/** What a person has ordered of an app. */
export type RunnerOrder = Schemas["RunnerOrderList"]["orders"][number];
