import { defineConnector, type Connector, type ConnectorDefinition, type ResourceTypes } from "@bridgekit/core";
import type { z } from "zod";

/** What every HR system tells under the same slugs, whatever else it has. */
export interface HrTypes extends ResourceTypes {
  department: { type: "group"; name: "Department" };
  account: { type: "account"; name: "Employee" };
}

/** How one HR system is read and changed. */
export interface HrSystem<
  Config extends z.ZodType,
  Types extends HrTypes,
  Client,
  Sync extends object,
  Account,
> extends ConnectorDefinition<Config, Types, Client, Sync, Account> {
  name: "hr";
  /** Tells the systems apart, for people. */
  title: `HR system (${string})`;
}

/** Makes the connector of a system. */
export function defineHrSystem<
  Config extends z.ZodType,
  const Types extends HrTypes,
  Client = any,
  Sync extends object = any,
  Account = any,
>(system: HrSystem<Config, Types, Client, Sync, Account>): Connector<Config, Client> {
  return defineConnector<Config, Types, Client, Sync, Account>(system);
}
