import { openReceiptFolder, type ReceiptFolder } from "@bridgekit/core/run";
import { resolve } from "node:path";
import type { LoadedConfigFile } from "../config/load-config.ts";

/** Opens the receipts of an app's syncs. */
export function openReceipts(
  { folder, stateDir }: Pick<LoadedConfigFile, "folder" | "stateDir">,
  appId: string,
): ReceiptFolder {
  return openReceiptFolder(resolve(folder, stateDir, "receipts", appId));
}
