import { createSandbox, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import { OdooDatabase, toTimestamp } from "./database.ts";
import { toSandboxFault, toUpstreamCall, type FaultRule } from "./fault.ts";
import { seedOdoo, type SeedOptions } from "./seed.ts";
import type { ApiKeyRow, OdooState } from "./state.ts";
import { createUpstreamEdits, type UpstreamEdits } from "./upstream-edits.ts";

export interface OdooSandboxOptions {
  /** What to generate; ignored with `state`. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: OdooState;
  /** The key of the administrator, user 2. */
  apiKey?: string;
  /** When that key expires; never by default. */
  apiKeyEndsAt?: Date;
  /** A second key, of the user with the login "low", who reads accounts, groups and the public fields of employees. */
  readOnlyApiKey?: string;
  /** The only database; without it any name in `X-Odoo-Database` is accepted. */
  database?: string;
  now?: () => Date;
}

export interface OdooSandbox extends UpstreamEdits, Pick<Sandbox, "fetch" | "listen" | "pending" | "requests"> {
  snapshot(): OdooState;
  /** Counts calls to JSON-2: all, of a model, or of a method. */
  requestCount(model?: string, method?: string): number;
  /** Adds a rule, consulted before every call (the first fault wins). Returns a function that removes it. */
  fault(rule: FaultRule): () => void;
}

/**
 * A stateful stand-in for an Odoo 19 and its JSON-2 API.
 *
 * @example
 * const sandbox = createOdooSandbox({ seed: { employees: 50 }, apiKey: "secret" });
 * sandbox.fault(({ method, count }) => (method === "write" && count === 1 ? { kind: "reset" } : undefined));
 * const client = createOdooClient({ url: "http://odoo.example.com", apiKey: "secret", fetch: sandbox.fetch });
 */
export function createOdooSandbox({
  seed = { employees: 25 },
  state = seedOdoo(seed),
  apiKey = "odoo-sandbox-key",
  apiKeyEndsAt,
  readOnlyApiKey,
  database,
  now = () => new Date(),
}: OdooSandboxOptions = {}): OdooSandbox {
  if (!Array.isArray(state.companies))
    throw new RangeError(
      "The state has no companies: an earlier version of this sandbox wrote it; delete it and start again.",
    );
  const db = new OdooDatabase(state, now);
  const keys = new Map<string, ApiKeyRow>();
  const addKey = (key: string, userId: number, endsAt?: Date) =>
    keys.set(key, {
      id: keys.size + 1,
      name: "Bridge",
      user_id: userId,
      scope: "rpc",
      expiration_date: endsAt ? toTimestamp(endsAt) : false,
      create_date: db.timestamp(),
    });
  addKey(apiKey, 2, apiKeyEndsAt);
  if (readOnlyApiKey !== undefined) {
    const [low] = db.users.rowsWhere("login", ["low"]);
    if (!low) throw new RangeError('readOnlyApiKey belongs to the user with the login "low", which is missing.');
    addKey(readOnlyApiKey, low.id);
  }
  const app = createApp({ db, keys, database });
  const sandbox = createSandbox({ fetch: app.fetch });

  return {
    ...createUpstreamEdits(db),
    fetch: sandbox.fetch,
    listen: sandbox.listen,
    get pending() {
      return sandbox.pending;
    },
    get requests() {
      return sandbox.requests;
    },
    snapshot: () => db.snapshot(),
    requestCount: (model = "[^/]+", method = "[^/]+") =>
      sandbox.requestCount({ path: new RegExp(`^/json/2/${model}/${method}$`) }),
    fault: (rule) =>
      sandbox.fault((sandboxCall) => {
        const call = toUpstreamCall(sandboxCall);
        const fault = call && rule(call);
        return fault && toSandboxFault(fault, call);
      }),
  };
}
