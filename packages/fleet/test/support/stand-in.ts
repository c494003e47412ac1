import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** One system behind the stand-in: it sees every read and every change of its app, whichever process makes it. */
interface Upstream {
  accounts: Map<string, "active" | "suspended">;
  /** Reads and changes in progress, and the most at a time so far. */
  now: { read: number; change: number };
  most: { read: number; change: number };
  /** When a read or change began while another was in progress, in milliseconds. */
  overlaps: number[];
  /** When each read began, in milliseconds. */
  reads: number[];
  /** Each time that an account was suspended, in milliseconds. */
  changes: { id: string; at: number }[];
  /** How long a read takes. */
  readMs: number;
  /** How long a change takes, after it was made. */
  changeMs: number;
  /** Ends the reads and changes in progress at once. */
  release: () => void;
  /** Those that take their time. */
  pauses: Set<AbortController>;
  /** What a reader is told to do: `crash` ends its process. */
  order: "read" | "crash";
}

export interface StandIn extends AsyncDisposable {
  url: string;
  /** Creates the system on first use. */
  of: (key: string) => Upstream;
}

function createUpstream(): Upstream {
  const pauses = new Set<AbortController>();
  return {
    accounts: new Map(["u1", "u2", "u3"].map((id) => [id, "active"])),
    now: { read: 0, change: 0 },
    most: { read: 0, change: 0 },
    overlaps: [],
    reads: [],
    changes: [],
    readMs: 0,
    changeMs: 0,
    release: () => pauses.forEach((pause) => pause.abort()),
    pauses,
    order: "read",
  };
}

/** Serves any number of systems, each under its key. A reader that dies is gone as soon as its connection breaks. */
export async function startStandIn(): Promise<StandIn> {
  const upstreams = new Map<string, Upstream>();
  const of = (key: string) => {
    const upstream = upstreams.get(key) ?? createUpstream();
    upstreams.set(key, upstream);
    return upstream;
  };
  const server = createServer((request, response) => void respond(of, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    of,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(of: StandIn["of"], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [key = "", id] = (request.url ?? "").slice(1).split("/");
  const upstream = of(key);
  const kind = id === undefined ? "read" : "change";
  upstream.now[kind]++;
  upstream.most[kind] = Math.max(upstream.most[kind], upstream.now[kind]);
  if (upstream.now[kind] > 1) upstream.overlaps.push(Date.now());
  const pausing = new AbortController();
  upstream.pauses.add(pausing);
  response.on("close", () => {
    upstream.now[kind]--;
    upstream.pauses.delete(pausing);
    pausing.abort();
  });
  if (id !== undefined) {
    upstream.changes.push({ id, at: Date.now() });
    upstream.accounts.set(id, "suspended");
  } else upstream.reads.push(Date.now());
  const pause = kind === "read" ? upstream.readMs : upstream.changeMs;
  await sleep(pause, undefined, { signal: pausing.signal }).catch(() => undefined);
  response.setHeader("content-type", "application/json");
  // So that a reader is gone once it has read.
  response.setHeader("connection", "close");
  response.end(JSON.stringify({ order: upstream.order, accounts: [...upstream.accounts] }));
}
