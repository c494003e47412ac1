import type { Connector } from "@bridgekit/core";
import type { Secret, WithSecrets } from "../secrets/secret.ts";

export interface AppConfig<AppConnector extends Connector = Connector> {
  connector: AppConnector;
  /** The connector's own settings; its README lists them. Any text may be a reference, such as `secretFromFile("…")`. */
  config: WithSecrets<NonNullable<AppConnector["config"]["~standard"]["types"]>["input"]>;
  /**
   * Name of the app on the Bridge; defaults to its key in `apps`. The app is created if it does not exist. One that was fed
   * and is deleted on the Bridge is not: `bridgekit sync KEY`, or in a fleet `bridgekit fleet resume KEY`, creates it again.
   */
  name?: string;
  /** Id of the app on the Bridge, if its name is ambiguous. */
  id?: string;
  /** Key of another app in this config whose resource types this one shares. */
  cloneFrom?: string;
  /** Overrides the config's `run` for this app. */
  run?: Rhythm & Patience & Place;
}

/** How often `bridgekit run` syncs and polls. */
export interface Rhythm {
  /** Seconds from the end of a sync to the next; defaults to 3600 if there is no `syncCron`. */
  syncEverySeconds?: number;
  /** When syncs start: a cron expression in the time zone of the process, such as `0 3 * * *`. */
  syncCron?: string;
  /** Seconds between two polls for tasks, at least 10; defaults to 30. */
  pollSeconds?: number;
}

/** Where an app may run. */
interface Place {
  /** In a fleet only workers with this zone run the app, for example inside a network. */
  zone?: string;
}

/** Time limits and retries. */
export interface Patience {
  /** Seconds to wait until the Bridge has applied a session; defaults to 600. */
  reconcileTimeoutSeconds?: number;
  /** Tasks executed at a time, at most 16; defaults to 1. Tasks of one account always run one after another. */
  taskConcurrency?: number;
  /** Seconds after which a task handler is asked to stop; defaults to 300. */
  taskTimeoutSeconds?: number;
  /** Number of consecutive partial syncs with the same reason that counts as an error; defaults to 3. */
  recurringAfterRuns?: number;
  /** Seconds after the first attempt during which a task with a temporary failure is retried; defaults to 900. */
  taskRetrySeconds?: number;
}

export interface BridgeConfig<Connectors extends Record<string, Connector> = Record<string, Connector>> {
  /** The Bridge; defaults to `BRIDGE_URL` and `BRIDGE_API_KEY`. */
  bridge?: {
    /** Base URL of the organisation: `https://bridge.example.com/org/acme`. */
    url?: string;
    apiKey?: string | Secret;
  };
  /** The apps, each under a short key that commands take as an argument. */
  apps: { [Key in keyof Connectors]: AppConfig<Connectors[Key]> };
  /** Settings of `bridgekit run`; `fullEverySeconds` and `Patience` also apply to `bridgekit sync` and `bridgekit tasks`. */
  run?: Rhythm &
    Patience &
    Place & {
      /**
       * Seconds after which a connector that can read only changes reads everything again, which is when removals are
       * found; defaults to 86,400.
       */
      fullEverySeconds?: number;
      /** Number of apps synced at the same time; defaults to 4. */
      concurrentSyncs?: number;
      /** Seconds without a page after which a sync is abandoned, so that it does not block others; defaults to 1800. */
      stallSeconds?: number;
      /** Seconds to finish after a stop signal; defaults to 30. */
      graceSeconds?: number;
      /** Where to serve `/healthz`, `/readyz`, `/apps` and `/metrics`; not served by default. */
      health?: {
        /** 0 for any free port. */
        port: number;
        /** Address to listen on; defaults to 127.0.0.1, the local machine only. */
        host?: string;
      };
    };
  /** Folder of the journals and receipts, relative to the config file; defaults to `.bridge`. */
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
