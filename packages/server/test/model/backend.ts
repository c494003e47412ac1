import { cpSync } from "node:fs";
import { rm } from "node:fs/promises";
import { pino } from "pino";
import { isTransientError } from "../../src/database/transient-error.ts";
import { type Bridge, createBridge, type DatabaseOptions } from "../../src/index.ts";
import { type Api, createApi } from "../support/api.ts";
import { createPglite, createPostgres, type DatabaseKind, type DatabasePlaces } from "../support/database-places.ts";
import type { Send } from "./caller.ts";
import { openLine } from "./severable-line.ts";

const MOST_TRIES = 10;

/** A Bridge on its own database that can die and come back. */
export interface Backend {
  kind: DatabaseKind;
  send: Send;
  whenReconciled(): Promise<void>;
  /** Closes the Bridge and opens the next one on the same database. */
  restart(): Promise<void>;
  /** Abandons the Bridge as it is and opens the next one on what it has written so far. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** How a Bridge reaches its database, and how it loses it. */
interface Store {
  /** Options for the next Bridge; the previous one is dead or closed. */
  open(): Promise<DatabaseOptions>;
  /**
   * From now on nothing that the Bridge does reaches the data of the next one. Returns a function that deletes the
   * rest.
   */
  cut(): () => Promise<void>;
  drop: () => Promise<void>;
}

export async function openBackend(kind: DatabaseKind, places: DatabasePlaces): Promise<Backend> {
  const store = await (kind === "pglite" ? openPgliteStore(places) : openPostgresStore(places));
  const abandoned: Promise<void>[] = [];
  let bridge = await open();
  let api: Api = await createApi(bridge);

  /** As a supervisor does, it starts a Bridge again if the database took too long on a busy machine. */
  async function open(): Promise<Bridge> {
    for (let tries = 1; ; tries++) {
      try {
        return await createBridge({ database: await store.open(), logger: pino({ level: "silent" }) });
      } catch (error) {
        if (tries === MOST_TRIES || !isTransientError(error)) throw error;
      }
    }
  }

  let failure: unknown;

  async function replace(): Promise<void> {
    try {
      bridge = await open();
      api = await createApi(bridge, { org: api.slug });
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    kind,
    async send(method, path, body) {
      // Otherwise every later sequence would fail on the closed Bridge, and hide the reason.
      if (failure !== undefined)
        throw new Error(`The Bridge could not be opened again: ${describe(failure)}`, { cause: failure });
      // On a busy machine a call may get no connection in time. It is rolled back then, so it can be sent again.
      for (let tries = 1; ; tries++) {
        const response = await api.call(method, path, body);
        const isUndone = response.status === 503 && response.headers.has("retry-after");
        if (!isUndone || tries === MOST_TRIES) return response;
      }
    },
    whenReconciled: () => bridge.whenReconciled(),
    async restart() {
      await bridge.close();
      await replace();
    },
    async crash() {
      const forget = store.cut();
      const closed = bridge.close().catch(() => {});
      abandoned.push(closed.then(forget));
      await replace();
    },
    async close() {
      await Promise.all([bridge.close(), ...abandoned]);
      await store.drop();
    },
  };
}

/**
 * PGlite runs in this thread and writes its files while it computes: between two turns they are what a kill would
 * leave, and a copy within one turn is exact.
 */
async function openPgliteStore(places: DatabasePlaces): Promise<Store> {
  const { database, drop } = await createPglite(places);
  let dataDir: string = database.dataDir;
  let deaths = 0;
  return {
    open: async () => ({ kind: "pglite", dataDir }),
    cut() {
      const left = dataDir;
      dataDir = `${database.dataDir}-${++deaths}`;
      cpSync(left, dataDir, { recursive: true, filter: (path) => !path.includes("bridge.lock") });
      return () => rm(left, { recursive: true, force: true });
    },
    drop,
  };
}

/** The lost connections make the database roll back what the dead Bridge had not committed. */
async function openPostgresStore(places: DatabasePlaces): Promise<Store> {
  const { database, drop } = await createPostgres(places);
  let line = await openLine(database.url);
  return {
    async open() {
      line = await openLine(database.url);
      return { kind: "postgres", url: line.url };
    },
    cut() {
      line.sever();
      return async () => {};
    },
    async drop() {
      line.sever();
      await drop();
    },
  };
}

/** With its causes: the report of a long run shows the message alone. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${describe(error.cause)})`;
}
