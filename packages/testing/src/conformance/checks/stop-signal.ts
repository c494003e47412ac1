import { setTimeout as sleep } from "node:timers/promises";
import { isSyncError, registerResourceTypes, runSync } from "@bridgekit/core/run";
import { failed, passed } from "../check.ts";
import { choosePositions, describePositions } from "../positions.ts";
import { trackTimers } from "../track-timers.ts";
import type { Check } from "../check.ts";

/** Limited because each position takes a whole run. */
const MAX_POSITIONS = 8;
const SETTLE_MILLISECONDS = 30;

export const stopLeavesNothing: Check = {
  name: "a stop signal ends the read between two calls and leaves nothing behind",
  async run(subject) {
    const { calls } = await subject.goodRead();
    const { client: bridge } = await subject.bridge();
    const app = await bridge.createApp({ name: subject.connector.title });
    await registerResourceTypes(bridge, app.id, subject.connector);
    const positions = choosePositions(calls, MAX_POSITIONS);

    for (const position of positions) {
      const { around, connection } = await subject.open();
      const stop = new AbortController();
      let seen = 0;
      around.fault(() => {
        if (++seen < position) return undefined;
        if (seen === position) setImmediate(() => stop.abort());
        // The system hangs, so only aborting the call ends it.
        return { kind: "delay", milliseconds: 60_000 };
      });
      using timers = trackTimers();
      const run = timers.watch(() =>
        runSync({ bridge: timers.unwatched(bridge), appId: app.id, connection, signal: stop.signal }),
      );
      const outcome = await run.catch((error: unknown) => error);
      const seenAtEnd = seen;
      await sleep(SETTLE_MILLISECONDS);
      const where = `stopped at call ${position} of ${calls}`;
      if (!isSyncError(outcome) || outcome.code !== "STOPPED") return failed(`${where}: the run did not stop`);
      if (seen > seenAtEnd) return failed(`${where}: ${seen - seenAtEnd} calls were made after the run`);
      if (around.pending > 0) return failed(`${where}: ${around.pending} calls were left pending; pass the signal on`);
      const { alive } = timers;
      if (alive > 0) return failed(`${where}: ${alive} timers were left running`);
    }
    return passed(`stopped at ${describePositions(positions, calls)}`);
  },
};
