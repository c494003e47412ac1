import type { Budget } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { printFields } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";

interface SetOptions extends BridgeCommandOptions {
  removals?: Limit;
  revocations?: Limit;
}

type Limit = number | "none";

/** `bridgekit budget show`: how much may be taken away in an hour, and what was used of it. */
export async function showBudget(options: BridgeCommandOptions, io: CommandIo): Promise<void> {
  print(await (await openBridge(options, io)).getBudget(), options, io);
}

/** `bridgekit budget set`: changes the limits that are given. */
export async function setBudget({ removals, revocations, ...options }: SetOptions, io: CommandIo): Promise<void> {
  if (removals === undefined && revocations === undefined)
    throw new UsageError("Give --removals COUNT, --revocations COUNT or both; none switches a limit off.");
  const bridge = await openBridge(options, io);
  const before = await bridge.getBudget();
  const budget = await bridge.setBudget({
    removals_per_hour: toWire(removals, before.removals_per_hour),
    revocations_per_hour: toWire(revocations, before.revocations_per_hour),
  });
  print(budget, options, io);
}

/** A limit that is not given stays as it was. */
function toWire(limit: Limit | undefined, before: number | null): number | null {
  if (limit === undefined) return before;
  return limit === "none" ? null : limit;
}

function print(budget: Budget, options: BridgeCommandOptions, io: CommandIo): void {
  const describe = (limit: number | null, used: number) => `${used} of ${limit ?? "any number"} in the last hour`;
  const fields = [
    ["removals by syncs", describe(budget.removals_per_hour, budget.removals_used)],
    ["revocations by tasks", describe(budget.revocations_per_hour, budget.revocations_used)],
  ] as const;
  printFields(budget, fields, options, io);
}
