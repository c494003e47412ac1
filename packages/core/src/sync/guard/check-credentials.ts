import { readOnce } from "../read-once.ts";
import type { SyncOptions } from "../sync-options.ts";
import { toGuardError, type Guard } from "./guard.ts";

/**
 * Other addresses, names or secrets may show another system, or fewer people. So everything is read once before
 * anything is pushed: where nearly all that the last good run read is there, it is the same system.
 *
 * @throws SyncError CREDENTIALS
 */
export async function checkCredentials(options: SyncOptions, guard: Guard): Promise<void> {
  const { ids, refs } = await readOnce(options);
  const objection = await guard.judge({ ids, refs, end: "complete" });
  if (objection) throw toGuardError(objection, "Nothing was pushed");
  options.connection.logger.info(
    { appId: options.appId },
    "the config has other addresses, names or secrets than at the last good run; what it shows is the same system",
  );
}
