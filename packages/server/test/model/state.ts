/** The types of the model: calls, their responses, and the state in between. */

export type Kind = "account" | "group" | "license";
export type Table<Value> = Readonly<Record<string, Value>>;
export type RecordData = Readonly<{ id: string; [field: string]: unknown }>;

export interface Guard {
  max_share: number;
  min_count: number;
}

export interface Page {
  slug: string;
  records: readonly RecordData[];
}

/** The caller names apps and sessions. */
export type Call =
  | { do: "create app"; app: string; cloneOf?: string }
  | { do: "register type"; app: string; slug: string; kind: Kind }
  | { do: "set guard"; app: string; guard: Guard | null }
  | { do: "read app"; app: string }
  | { do: "read records"; app: string; slug: string }
  | { do: "start"; app: string; session: string }
  | { do: "push"; app: string; session: string; page: Page }
  | { do: "complete" | "abandon" | "confirm" | "discard" | "read session"; app: string; session: string };

/** The part of a response that the protocol determines. */
export interface CallResponse {
  status: number;
  body?: unknown;
}

/** A live record. */
export interface Live {
  data: RecordData;
  /** Known from refs only. */
  isStub: boolean;
  /** False once a session has removed it. */
  isActive: boolean;
}

/** By slug and id. */
export type LiveTable = Table<Table<Live>>;

export interface Count {
  synced: number;
  created: number;
  updated: number;
  removed: number;
  /** Refs to records of the type that accounts gained or lost which stay. */
  gained: number;
  lost: number;
}

/** What the removal guard objects to. */
export interface HeldLoss {
  slug: string;
  of: "records" | "refs";
  live: number;
  lost: number;
}

export interface Session {
  app: string;
  /** What its pages are counted against. */
  liveAtStart: LiveTable;
  pages: readonly Page[];
  end?: "complete" | "abandon";
  isConfirmed: boolean;
  /**
   * `due`: ended, to be reconciled. `held`: by the removal guard. `overtaken`: would have been held, but a newer
   * session had started. `replaced`: by a newer start. `discarded`: by an administrator.
   */
  stage: "open" | "due" | "reconciled" | "held" | "overtaken" | "replaced" | "discarded";
  /** The counts of the reconciliation, by slug. */
  counts: Table<Count>;
  losses: readonly HeldLoss[];
}

export interface App {
  group: string;
  guard: Guard | null;
  isConfigured: boolean;
  live: LiveTable;
  /** Sessions in the order in which they started. */
  started: readonly string[];
  /** Due sessions, in the order in which they ended. */
  due: readonly string[];
}

/** Never changed, only replaced. */
export interface State {
  /** The resource types of each clone group. */
  groups: Table<Table<Kind>>;
  apps: Table<App>;
  sessions: Table<Session>;
}

export const NOTHING: State = { groups: {}, apps: {}, sessions: {} };
