import { perRun, type ConnectTools } from "@bridgekit/core";
import { createBambooHrClient, type BambooHrClient } from "./bamboohr-client.ts";
import type { BambooHrConfig } from "./bamboohr-config.ts";
import type { EmploymentRow } from "./bamboohr-models.ts";
import { readOptions, type Options } from "./options.ts";

export interface BambooHr {
  config: BambooHrConfig;
  api: BambooHrClient;
  /** Read once in each run, which its signal stands for. */
  optionsOf: (signal: AbortSignal) => Promise<Options>;
  /** The rows of the table of employment statuses, by employee; read once in each run. */
  employmentOf: (signal: AbortSignal) => Promise<ReadonlyMap<string, readonly EmploymentRow[]>>;
}

export function connectBambooHr(config: BambooHrConfig, http: ConnectTools["http"]): BambooHr {
  const api = createBambooHrClient(config, http);
  return {
    config,
    api,
    optionsOf: perRun(() => readOptions(api)),
    employmentOf: perRun(async () =>
      Map.groupBy(await api.employmentRows("all"), ({ employeeId }) => String(employeeId)),
    ),
  };
}
