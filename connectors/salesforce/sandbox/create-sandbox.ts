import { createSandbox, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import type { ClientApp } from "./oauth.ts";
import { now, SalesforceOrg, type ExternalIds } from "./salesforce-org.ts";
import { INTEGRATION_USERNAME, seedSalesforce, type SeedOptions } from "./seed.ts";
import { Sessions } from "./sessions.ts";
import type { SalesforceState } from "./state.ts";
import { Usage } from "./usage.ts";

export interface SalesforceSandboxOptions {
  /** What to generate; ignored with `state`. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: SalesforceState;
  /** The app that signs in; by default `sandbox-client` with `secret-salesforce-sandbox`, as the integration user. */
  clientApp?: Partial<ClientApp>;
  /** Objects that this org does not have, such as `PermissionSetLicense`. */
  missingObjects?: readonly string[];
  /** Custom fields that are external ids, by object: `{ User: ["Badge__c"] }`. */
  externalIds?: ExternalIds;
  /** API calls of the last 24 hours and their maximum; by default 0 of 100,000. */
  usage?: { used?: number; max?: number };
  /** The maximum number of records of a page; Salesforce documents up to 2,000 and may return fewer. */
  pageSize?: number;
  /** Whether the signed-in user has Manage Users. */
  mayWrite?: boolean;
}

export interface SalesforceSandbox extends Sandbox {
  /** The org itself, to read and to change as people do on Salesforce's own pages. */
  readonly org: SalesforceOrg;
  /** Set `used` to approach the daily limit. */
  readonly usage: Usage;
  /** Ends all sessions: every token fails with INVALID_SESSION_ID from now on. */
  expireSessions(): void;
  snapshot(): SalesforceState;
}

/**
 * A stateful stand-in for a Salesforce org.
 *
 * @example
 * const org = createSalesforceSandbox({ seed: { people: 50 } });
 * org.fault(when({ path: /\/query\//, nth: 2 }, { kind: "login-page" }));
 * const signIn = { grant: "client_credentials", clientId: "sandbox-client", clientSecret: "secret-salesforce-sandbox" };
 * const connection = await createConnection(salesforce, { url: "http://acme.example.com", signIn }, { fetch: org.fetch });
 */
export function createSalesforceSandbox({
  seed = { people: 25 },
  state = seedSalesforce(seed),
  clientApp = {},
  missingObjects = [],
  externalIds = {},
  usage: usageOptions = {},
  pageSize = 2000,
  mayWrite = true,
}: SalesforceSandboxOptions = {}): SalesforceSandbox {
  const org = new SalesforceOrg(state, { missing: missingObjects, externalIds });
  grantPermissions(org, mayWrite);
  addOrganization(org);
  const usage = new Usage(usageOptions);
  const sessions = new Sessions();
  const app = createApp({
    org,
    orgId: org.rows("Organization")[0]!.Id,
    sessions,
    usage,
    pageSize,
    mayWrite,
    clientApp: {
      clientId: "sandbox-client",
      clientSecret: "secret-salesforce-sandbox",
      runAs: INTEGRATION_USERNAME,
      ...clientApp,
    },
  });
  const sandbox = createSandbox({ fetch: (request) => app.fetch(request) });
  return Object.assign(sandbox, {
    org,
    usage,
    expireSessions: () => sessions.expire(),
    snapshot: () => org.snapshot(),
  });
}

/** The permissions of the signed-in user, as a row. */
function grantPermissions(org: SalesforceOrg, mayWrite: boolean): void {
  if (org.rows("UserPermissionAccess").length > 0) return;
  org.insert("UserPermissionAccess", {
    PermissionsApiEnabled: true,
    PermissionsViewSetup: true,
    PermissionsViewAllUsers: true,
    PermissionsManageUsers: mayWrite,
    PermissionsAssignPermissionSets: mayWrite,
    PermissionsResetPasswords: mayWrite,
  });
}

/** The row of the org itself. */
function addOrganization(org: SalesforceOrg): void {
  if (org.rows("Organization").length > 0) return;
  const at = now();
  org.insert("Organization", {
    Name: "Acme",
    OrganizationType: "Enterprise Edition",
    InstanceName: "EU42",
    IsSandbox: false,
    DefaultLocaleSidKey: "en_US",
    LanguageLocaleKey: "en_US",
    TimeZoneSidKey: "America/Los_Angeles",
    CreatedDate: at,
    LastModifiedDate: at,
    SystemModstamp: at,
  });
}
