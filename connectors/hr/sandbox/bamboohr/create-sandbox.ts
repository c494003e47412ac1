import { createSandbox, type ApiDescription, type Sandbox } from "@bridgekit/sandbox";
import { Access, type AccessOptions } from "./access.ts";
import { createApp } from "./app.ts";
import { BambooCompany } from "./bamboo-company.ts";
import { seedBamboo, type SeedOptions } from "./seed.ts";
import type { BambooState } from "./state.ts";
import { createUpstreamEdits, type UpstreamEdits } from "./upstream-edits.ts";

export interface BambooSandboxOptions {
  /** What to generate; ignored if a `state` is given. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: BambooState;
  apiKey?: string;
  /** The company in the paths of the older gateway: `/api/gateway.php/acme/v1`. */
  company?: string;
  /** What the key may see and do; everything unless told otherwise. */
  access?: AccessOptions;
  /** Most employees of a page, however many are asked for: BambooHR says up to 2,500, and may give fewer. */
  pageSize?: number;
  now?: () => Date;
  /** Of the company, such as `Europe/Zurich`: when its days begin, and with them the rows of the tables. */
  timeZone?: string;
  /** Descriptions that requests and answers are checked against, such as BambooHR's own. */
  descriptions?: readonly ApiDescription[];
}

export interface BambooSandbox extends Sandbox, UpstreamEdits {
  /** The company itself, to look at. */
  readonly company: BambooCompany;
  /** What the key may see and do; change it as an administrator does. */
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
  const sandbox = createSandbox({ answer: (request) => app.fetch(request), descriptions });
  return Object.assign(sandbox, createUpstreamEdits(company), { company, access, snapshot: () => company.snapshot() });
}
