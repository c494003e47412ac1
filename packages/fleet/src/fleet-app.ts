import type { BridgeClient } from "@bridgekit/client";
import type { OpenJournal, ReceiptStore } from "@bridgekit/core/run";

/** When an app is synced. */
export interface FleetSchedule {
  /** For people: `every 3600 s`. A changed text means that the next sync is planned anew. */
  text: string;
  first: (now: Date) => Date;
  /** When the next sync starts after one has ended. */
  next: (endedAt: Date) => Date;
}

/** What a sync gets from the fleet. */
export interface SyncTools {
  receipts: ReceiptStore;
  /** The number of this sync, which the start of its session carries. */
  generation: number;
  signal: AbortSignal;
}

/** What a run of tasks gets from the fleet. */
export interface TaskTools {
  journal: OpenJournal;
  /** Aborts if the run has to end soon. */
  signal: AbortSignal;
  /** Aborts once another run may have replaced this one: it must stop at once, also amid a task. */
  killSignal: AbortSignal;
}

/** How a run ended, in words without secrets. */
export interface RunReport {
  isGood: boolean;
  /** `completed`, or why it failed. */
  note: string;
  /** Whether it needs a person or the next usual time, so that the same sync is not tried again soon. */
  isFinal?: boolean;
}

/** A connected app and its id on the Bridge. */
export interface OpenedFleetApp extends AsyncDisposable {
  appId: string;
  sync: (tools: SyncTools) => Promise<RunReport>;
  /** Carries out the tasks that are pending, and returns. */
  tasks: (tools: TaskTools) => Promise<RunReport>;
}

/** An app that the fleet has fed is no longer on the Bridge. */
export interface DeletedApp {
  /** Which, and what to do, in words without secrets. */
  deleted: string;
}

/** An app of a config. The fleet keeps these fields in its database, so none may hold a secret. */
export interface FleetApp {
  /** Base URL of the organisation: `https://bridge.example.com/org/acme`. */
  org: string;
  key: string;
  name: string;
  /** The label of the workers that may run it. */
  zone: string;
  /** The name of its connector. */
  connector: string;
  /** Apps of one host take turns. */
  upstreamHost: string;
  /** A digest, which says only whether two apps share a credential. */
  credential: string;
  schedule: FleetSchedule;
  /**
   * Connects it, and finds or creates it on the Bridge. One that was fed before, under this id, is not created again: it is a
   * person who says that it has to be.
   */
  open: (fedAs: string | null) => Promise<OpenedFleetApp | DeletedApp>;
}

/** An organisation whose tasks are watched. */
export interface FleetOrg {
  /** As in `FleetApp.org`. */
  url: string;
  bridge: BridgeClient;
}

/** The id of an app in the fleet. */
export function toAppId({ org, key }: Pick<FleetApp, "org" | "key">): string {
  return `${org} ${key}`;
}
