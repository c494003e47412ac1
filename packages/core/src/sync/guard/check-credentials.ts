import { SyncError } from "../../errors/sync-error.ts";
import type { RunRecorder } from "../run-recorder.ts";

/** With other credentials the system may show other people, or fewer: nothing is pushed until somebody has looked. */
export function checkCredentials({ last, credentials }: RunRecorder): void {
  if (last === undefined || last.credentials.hash === credentials.hash) return;
  throw new SyncError(
    "CREDENTIALS",
    `The addresses, names or secrets in the config are not those of the last good run (${last.endedAt}). Nothing was ` +
      `pushed. Look at what would change with \`bridgekit plan\`, and let it pass with \`bridgekit sync --approve HASH\`.`,
  );
}
