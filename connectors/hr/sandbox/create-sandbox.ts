import { createApp } from "./app.ts";
import { OdooDatabase } from "./database.ts";
import { ConnectionDropped, type FaultRule } from "./fault.ts";
import { listen, type RunningSandbox } from "./listen.ts";
import { RequestLog, type LoggedRequest } from "./request-log.ts";
import { seedOdoo, type SeedOptions } from "./seed.ts";
import type { OdooState } from "./state.ts";
import { createUpstreamEdits, type UpstreamEdits } from "./upstream-edits.ts";

export interface OdooSandboxOptions {
  /** What to generate; ignored if a `state` is given. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: OdooState;
  /** The key of the administrator, user 2. */
  apiKey?: string;
  /** A second key, of the user with the login "low": it reads accounts and groups, but no employees. */
  readOnlyApiKey?: string;
  /** The only database there is; without it any name in `X-Odoo-Database` will do. */
  database?: string;
  now?: () => Date;
}

export interface OdooSandbox extends UpstreamEdits {
  /** The in-process way in: a drop-in for `globalThis.fetch`, whatever the host of the URL. */
  fetch: typeof globalThis.fetch;
  listen(options?: { port?: number; hostname?: string }): Promise<RunningSandbox>;
  snapshot(): OdooState;
  /** The latest 1000 calls. */
  readonly requests: readonly LoggedRequest[];
  requestCount(model?: string, method?: string): number;
  /** Adds a rule, asked before every call (the first fault wins); answers the function that takes it away again. */
  fault(rule: FaultRule): () => void;
}

/**
 * A stateful stand-in for an Odoo 19 and its JSON-2 API.
 *
 * @example
 * const sandbox = createOdooSandbox({ seed: { employees: 50 }, apiKey: "secret" });
 * sandbox.fault(({ method, count }) => (method === "write" && count === 1 ? { kind: "drop" } : undefined));
 * const client = createOdooClient({ url: "http://odoo.example.com", apiKey: "secret", fetch: sandbox.fetch });
 */
export function createOdooSandbox({
  seed = { employees: 25 },
  state = seedOdoo(seed),
  apiKey = "odoo-sandbox-key",
  readOnlyApiKey,
  database,
  now = () => new Date(),
}: OdooSandboxOptions = {}): OdooSandbox {
  const db = new OdooDatabase(state, now);
  const log = new RequestLog();
  const faultRules = new Set<FaultRule>();
  const keys = new Map([[apiKey, 2]]);
  if (readOnlyApiKey !== undefined) {
    const [low] = db.users.rowsWhere("login", ["low"]);
    if (!low) throw new RangeError('readOnlyApiKey belongs to the user with the login "low", which is missing.');
    keys.set(readOnlyApiKey, low.id);
  }
  const app = createApp({ db, keys, database, log, faultRules });
  const answer = async (request: Request) => app.fetch(request);

  return {
    ...createUpstreamEdits(db),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      try {
        return await answer(request);
      } catch (error) {
        request.signal.throwIfAborted();
        throw error instanceof ConnectionDropped ? toFetchError(error) : error;
      }
    },
    listen: ({ port = 0, hostname = "127.0.0.1" } = {}) => listen(answer, port, hostname),
    snapshot: () => db.snapshot(),
    get requests() {
      return log.latest;
    },
    requestCount: (model, method) => log.count(model, method),
    fault(rule) {
      // Wrapped, so that the same rule can be added twice.
      const added: FaultRule = (call) => rule(call);
      faultRules.add(added);
      return () => {
        faultRules.delete(added);
      };
    },
  };
}

/** What Node's fetch says when the other side hangs up. */
function toFetchError(dropped: ConnectionDropped): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET", { cause: dropped }), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}
