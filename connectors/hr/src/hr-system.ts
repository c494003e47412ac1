import { defineConnector, type Connector, type ConnectorDefinition, type ResourceTypes } from "@bridgekit/core";
import type { z } from "zod";

/** Resource types that every HR system has. */
export interface HrTypes extends ResourceTypes {
  department: { type: "group"; name: "Department" };
  account: { type: "account"; name: "Employee" };
}

/** Defines one HR system. */
export interface HrSystem<
  Config extends z.ZodType,
  Types extends HrTypes,
  Client,
  Sync extends object,
  Account,
> extends ConnectorDefinition<Config, Types, Client, Sync, Account> {
  name: "hr";
  /** Distinguishes the systems, for people. */
  title: `HR system (${string})`;
}

/** Defines the connector of a system. */
export function defineHrSystem<
  Config extends z.ZodType,
  const Types extends HrTypes,
  Client = any,
  Sync extends object = any,
  Account = any,
>(system: HrSystem<Config, Types, Client, Sync, Account>): Connector<Config, Client> {
  return defineConnector<Config, Types, Client, Sync, Account>(system);
}
