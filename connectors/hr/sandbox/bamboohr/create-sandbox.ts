import { createSandbox, type ApiDescription, type Sandbox } from "@bridgekit/sandbox";
import { Access, type AccessOptions } from "./access.ts";
import { createApp } from "./app.ts";
import { BambooCompany } from "./bamboo-company.ts";
import { seedBamboo, type SeedOptions } from "./seed.ts";
import type { BambooState } from "./state.ts";
import { createUpstreamEdits, type UpstreamEdits } from "./upstream-edits.ts";

export interface BambooSandboxOptions {
  /** What to generate; ignored with `state`. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: BambooState;
  apiKey?: string;
  /** The company in the paths of the older gateway: `/api/gateway.php/acme/v1`. */
  company?: string;
  /** The rights of the key; everything by default. */
  access?: AccessOptions;
  /** The maximum page size, whatever is requested; BambooHR documents up to 2,500 and may return fewer. */
  pageSize?: number;
  now?: () => Date;
  /** The company's time zone, such as `Europe/Zurich`: rows of the tables take effect with its days. */
  timeZone?: string;
  /** Descriptions to check requests and responses against, such as BambooHR's own. */
  descriptions?: readonly ApiDescription[];
}

export interface BambooSandbox extends Sandbox, UpstreamEdits {
  /** The company itself. */
  readonly company: BambooCompany;
  /** The rights of the key; change them as an administrator does. */
  readonly access: Access;
  snapshot(): BambooState;
}

/**
 * A stateful stand-in for a company's BambooHR and its public API.
 *
 * @example
 * const bamboo = createBambooSandbox({ seed: { employees: 50 }, access: { hiddenFields: ["workEmail"] } });
 * bamboo.fault(when({ path: "/api/v1/employees", nth: 2, times: 1 }, tooManyRequests({ retryAfterSeconds: 1 })));
 * const headers = { authorization: `Basic ${btoa("bamboo-sandbox-key:x")}`, accept: "application/json" };
 * const page = await bamboo.fetch("https://acme.bamboohr.com/api/v1/employees?page[limit]=10", { headers });
 */
export function createBambooSandbox({
  seed = { employees: 25 },
  state = seedBamboo(seed),
  apiKey = "bamboo-sandbox-key",
  company: companyName = "acme",
  access: accessOptions = {},
  pageSize = 2500,
  now = () => new Date(),
  timeZone = "UTC",
  descriptions = [],
}: BambooSandboxOptions = {}): BambooSandbox {
  const company = new BambooCompany(state, { now, timeZone });
  const access = new Access(accessOptions);
  const app = createApp({ company, access, companyName, apiKey, pageSize });
  const sandbox = createSandbox({ fetch: (request) => app.fetch(request), descriptions });
  return Object.assign(sandbox, createUpstreamEdits(company), { company, access, snapshot: () => company.snapshot() });
}
