import { createSandbox, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import { OdooDatabase, toTimestamp } from "./database.ts";
import { toSandboxFault, toUpstreamCall, type FaultRule } from "./fault.ts";
import { seedOdoo, type SeedOptions } from "./seed.ts";
import type { ApiKeyRow, OdooState } from "./state.ts";
import { createUpstreamEdits, type UpstreamEdits } from "./upstream-edits.ts";

export interface OdooSandboxOptions {
  /** What to generate; ignored if a `state` is given. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: OdooState;
  /** The key of the administrator, user 2. */
  apiKey?: string;
  /** When that key ends; never unless told otherwise. */
  apiKeyEndsAt?: Date;
  /** A second key, of the user with the login "low": it reads accounts and groups, and of employees what is public. */
  readOnlyApiKey?: string;
  /** The only database there is; without it any name in `X-Odoo-Database` will do. */
  database?: string;
  now?: () => Date;
}

export interface OdooSandbox extends UpstreamEdits, Pick<Sandbox, "fetch" | "listen" | "pending" | "requests"> {
  snapshot(): OdooState;
  /** How many calls to JSON-2 there were: of all, of one model, or of one method of it. */
  requestCount(model?: string, method?: string): number;
  /** Adds a rule, asked before every call (the first fault wins); answers the function that takes it away again. */
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
      "The state has no companies: an earlier version of this sandbox wrote it; delete it and start anew.",
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
  const sandbox = createSandbox({ answer: app.fetch });

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
