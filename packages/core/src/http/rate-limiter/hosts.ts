import { Host } from "./host.ts";

/** The hosts that this process calls. Connections that share it share queues, rate limits and circuit breakers. */
export interface Hosts {
  /** Returns the host of an origin such as `https://hr.example.com`. */
  get(origin: string): Host;
}

export interface HostsOptions {
  /**
   * Seconds for which a host is not called after many faults in a row. By default fewer than the retries of a call take.
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

/** Returns the hosts of a `fetch`. All connections with the global one share theirs. */
export function hostsBehind(fetch: typeof globalThis.fetch): Hosts {
  const hosts = byFetch.get(fetch) ?? createHosts();
  byFetch.set(fetch, hosts);
  return hosts;
}
