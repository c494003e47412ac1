import type { Connector } from "@bridgekit/core";

export interface AppConfig<AppConnector extends Connector = Connector> {
  connector: AppConnector;
  /** What the connector needs to connect; its README lists the fields. */
  config: NonNullable<AppConnector["config"]["~standard"]["types"]>["input"];
  /** Name of the app on the Bridge; the key in `apps` where absent. The app is created if the Bridge has none. */
  name?: string;
  /** Id of the app on the Bridge, where its name is not enough. */
  id?: string;
  /** Key of another app here, whose resource types this one shares. */
  cloneFrom?: string;
  /** What differs for this app from `run` of the config. */
  run?: Rhythm & Patience;
}

/** How often `bridgekit run` has a look. */
export interface Rhythm {
  /** Seconds from the end of a sync to the next; 3600 where neither this nor `syncCron` is given. */
  syncEverySeconds?: number;
  /** When syncs begin, as a cron expression in the time zone of the process: `0 3 * * *`. */
  syncCron?: string;
  /** Seconds between two polls for tasks, 10 at least; 30 where absent. */
  pollSeconds?: number;
}

/** How long something is waited for, and how often it is tried. */
export interface Patience {
  /** Seconds to wait until the Bridge has applied a session; 600 where absent. */
  reconcileTimeoutSeconds?: number;
  /** Tasks that are executed at a time, 16 at most; 1 where absent. Those of one account come one after another. */
  taskConcurrency?: number;
  /** Seconds after which the handler of a task is asked to stop; 300 where absent. */
  taskTimeoutSeconds?: number;
  /** Partial syncs in a row with the same reason after which it is reported as an error; 3 where absent. */
  recurringAfterRuns?: number;
  /** Seconds after its first try in which a task is tried again whose failure may pass; 900 where absent. */
  taskRetrySeconds?: number;
}

export interface BridgeConfig<Connectors extends Record<string, Connector> = Record<string, Connector>> {
  /** The Bridge; `BRIDGE_URL` and `BRIDGE_API_KEY` where absent. */
  bridge?: {
    /** Base URL of the organisation: `https://bridge.example.com/org/acme`. */
    url?: string;
    apiKey?: string;
  };
  /** What is connected, by a short key that the commands take. */
  apps: { [Key in keyof Connectors]: AppConfig<Connectors[Key]> };
  /** For `bridgekit run`; `fullEverySeconds` and the patience for `bridgekit sync` and `bridgekit tasks` too. */
  run?: Rhythm &
    Patience & {
      /**
       * Seconds after which a sync reads everything again, where the connector can tell what has changed; 86,400 where
       * absent. Removals are found then.
       */
      fullEverySeconds?: number;
      /** How many apps are synced at the same time; the others wait. 4 where absent. */
      concurrentSyncs?: number;
      /** Seconds without a page after which a sync is given up, so that it does not hold up others; 1800 where absent. */
      stallSeconds?: number;
      /** Seconds that it has to end once it is told to stop; 30 where absent. */
      graceSeconds?: number;
      /** Where `/healthz`, `/readyz`, `/apps` and `/metrics` are answered; nowhere where absent. */
      health?: {
        /** 0 for a free one. */
        port: number;
        /** Address to listen on; the local machine only (127.0.0.1) where absent. */
        host?: string;
      };
    };
  /** Folder of the journals and receipts, relative to the config file; `.bridge` where absent. */
  stateDir?: string;
}

/**
 * The default export of a `bridge.config.ts`.
 *
 * @example
 * export default defineConfig({
 *   apps: {
 *     emea: { connector: hr({ system: "odoo" }), name: "HR EMEA", config: { url: "https://hr.example.com", apiKey: process.env.HR_KEY! } },
 *   },
 * });
 */
export function defineConfig<const Connectors extends Record<string, Connector>>(
  config: BridgeConfig<Connectors>,
): BridgeConfig<Connectors> {
  return config;
}
