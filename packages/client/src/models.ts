import type { components } from "./openapi.ts";

type Schemas = components["schemas"];

/** Every name here is a schema of the Bridge API; the shapes are those of `spec/openapi.yaml`. */
export type AccountFields = Schemas["AccountFields"];
export type AccountRecord = Schemas["AccountRecord"];
export type App = Schemas["App"];
export type AppCreate = Schemas["AppCreate"];
export type AppUpdate = Schemas["AppUpdate"];
export type AuditEntry = Schemas["AuditEntry"];
/** What a session did to a record. */
export type Change = Schemas["Change"];
export type ChangeSort = Schemas["ChangeSort"];
/** The receipt of somebody who was erased; it names nobody. */
export type Erasure = Schemas["Erasure"];
/** With the key of its digest, which is shown only once. */
export type ErasureCreated = Schemas["ErasureCreated"];
export type ErasurePreview = Schemas["ErasurePreview"];
/** What the connector of an app can do. */
export type Capabilities = Schemas["Capabilities"];
export type Event = Schemas["Event"];
export type EventType = Schemas["EventType"];
export type GroupRecord = Schemas["GroupRecord"];
export type Key = Schemas["Key"];
export type KeyCreate = Schemas["KeyCreate"];
/** With the secret, which is shown only once. */
export type KeyCreated = Schemas["KeyCreated"];
export type KeyRotate = Schemas["KeyRotate"];
/** How every app is doing, and what needs a decision. */
export type Overview = Schemas["Overview"];
export type Org = Schemas["Org"];
export type Kind = Schemas["Kind"];
export type LicenseRecord = Schemas["LicenseRecord"];
/** `data` is what was pushed, unknown fields included; the rest is what the Bridge adds. */
export type LiveRecord = Schemas["LiveRecord"];
/** An email in all apps, or one account. */
export type Person = Schemas["Person"];
export type PageResult = Schemas["PageResult"];
export type RecordData = Schemas["RecordData"];
export type RecordStatus = Schemas["RecordStatus"];
export type Ref = Schemas["Ref"];
export type RefChange = Schemas["RefChange"];
export type RefMap = Schemas["RefMap"];
export type ResourceType = Schemas["ResourceType"];
export type ResourceTypeUpdate = Schemas["ResourceTypeUpdate"];
/** What a run leaves with its session. */
export type RunReceipt = Schemas["RunReceipt"];
export type SyncProgress = Schemas["SyncProgress"];
export type SyncSession = Schemas["SyncSession"];
export type SyncStatus = Schemas["SyncStatus"];
export type Task = Schemas["Task"];
export type TaskAction = Schemas["TaskAction"];
/** The Bridge claims 1 task for 60 seconds where nothing else is said. */
export type TaskClaim = Pick<Schemas["TaskClaim"], "runner" | "task_ids"> & Partial<Schemas["TaskClaim"]>;
export type TaskCreate = Schemas["TaskCreate"];
export type TaskErrorCode = Schemas["TaskErrorCode"];
export type TaskFailure = Schemas["TaskError"];
export type TaskPayload = Schemas["TaskPayload"];
export type TaskReport = Schemas["TaskReport"];
export type TaskResult = Schemas["TaskResult"];
export type TaskStatus = Schemas["TaskStatus"];
export type TaskWithHistory = Schemas["TaskWithHistory"];

/** A record of any kind, as it is pushed. */
export type PushedRecord = AccountRecord | GroupRecord | LicenseRecord;
