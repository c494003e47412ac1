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
  /** When things are done; for `bridge run`, and `fullEverySeconds` for `bridge sync` too. */
  run?: {
    /** Seconds from the end of a sync to the next; 3600 where absent. */
    syncEverySeconds?: number;
    /** Seconds between two polls for tasks, 10 at least; 30 where absent. */
    pollSeconds?: number;
    /**
     * Seconds after which a sync reads everything again, where the connector can tell what has changed; 86,400 where
     * absent. Removals are found then.
     */
    fullEverySeconds?: number;
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
 *     emea: { connector: hr, name: "HR EMEA", config: { url: "https://hr.example.com", apiKey: process.env.HR_KEY! } },
 *   },
 * });
 */
export function defineConfig<const Connectors extends Record<string, Connector>>(
  config: BridgeConfig<Connectors>,
): BridgeConfig<Connectors> {
  return config;
}
