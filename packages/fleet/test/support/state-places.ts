import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createMemoryJournal,
  createMemoryReceipts,
  type Journal,
  type JournalOptions,
  openFileJournal,
  openReceiptFolder,
  type ReceiptStore,
} from "@bridgekit/core/run";
import { openFleetJournal } from "../../src/state/open-fleet-journal.ts";
import { openFleetReceipts } from "../../src/state/open-fleet-receipts.ts";
import { addApp, beginRun } from "./apps.ts";
import { openTestDatabase } from "./open-test-database.ts";

/** Where core keeps the state of one app. Each opening is one of a later run, on another machine if the place allows it. */
export interface StatePlace {
  /** Whether what was written is there when it is opened again. */
  isLasting: boolean;
  openJournal(options?: JournalOptions): Promise<Journal & Partial<AsyncDisposable>>;
  openReceipts(keep?: number): Promise<ReceiptStore>;
  close(): Promise<void>;
}

export const PLACES: Readonly<Record<string, () => Promise<StatePlace>>> = {
  async memory() {
    const [journal, receipts] = [createMemoryJournal(), createMemoryReceipts()];
    return {
      isLasting: false,
      openJournal: async () => journal,
      openReceipts: async () => receipts,
      close: async () => {},
    };
  },

  async files() {
    const folder = await mkdtemp(join(tmpdir(), "bridgekit-state-"));
    return {
      isLasting: true,
      openJournal: (options) => openFileJournal(join(folder, "app.jsonl"), options),
      openReceipts: async (keep) => openReceiptFolder(join(folder, "receipts"), keep === undefined ? {} : { keep }),
      close: () => rm(folder, { recursive: true }),
    };
  },

  async PostgreSQL() {
    const database = await openTestDatabase();
    const app = await addApp(database);
    return {
      isLasting: true,
      openJournal: async (options) =>
        openFleetJournal(database.kysely, await beginRun(database, app, "tasks"), options),
      openReceipts: async (keep) =>
        openFleetReceipts(database.kysely, await beginRun(database, app, "sync"), keep === undefined ? {} : { keep }),
      close: async () => database[Symbol.asyncDispose](),
    };
  },
};
