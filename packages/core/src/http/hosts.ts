import { Host } from "./host.ts";

/** The hosts that this process calls. Whoever shares it shares places, limits of the host and of a credential, and who is down. */
export interface Hosts {
  /** The host of an origin such as `https://hr.example.com`. */
  get(origin: string): Host;
}

export interface HostsOptions {
  /**
   * Seconds for which a host that has failed many times in a row is left alone; by default so few that the retries of a
   * call outlast them.
   */
  downSeconds?: number;
}

export function createHosts({ downSeconds = 10 }: HostsOptions = {}): Hosts {
  const hosts = new Map<string, Host>();
  return {
    get(origin) {
      const host = hosts.get(origin) ?? new Host(downSeconds);
      hosts.set(origin, host);
      return host;
    },
  };
}

const byFetch = new WeakMap<typeof globalThis.fetch, Hosts>();

/** The hosts behind a `fetch`: everybody's for the global one, and a world of its own behind another. */
export function hostsBehind(fetch: typeof globalThis.fetch): Hosts {
  const hosts = byFetch.get(fetch) ?? createHosts();
  byFetch.set(fetch, hosts);
  return hosts;
}
