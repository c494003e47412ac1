import { expect, vi } from "vitest";
import type { TestBridge } from "./start-bridge.ts";

/** The clock of a runner that stands still until a test moves it, together with the Bridge's. */
export interface FakeClock extends Disposable {
  /** Renewals of leases that the Bridge has responded to. */
  renewals: number;
  /** Moves both clocks. `renews` if a renewal is due: then the Bridge's clock waits for its response. */
  pass(seconds: number, options?: { renews: boolean }): Promise<void>;
}

/** Stops the timers of this process, on which leases are renewed and end. */
export function stopClock(bridge: TestBridge): FakeClock {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  const clock: FakeClock = {
    renewals: 0,
    async pass(seconds, { renews } = { renews: false }) {
      const before = clock.renewals;
      vi.advanceTimersByTime(seconds * 1000);
      if (renews) await expect.poll(() => clock.renewals).toBe(before + 1);
      bridge.pass(seconds);
    },
    [Symbol.dispose]: () => void vi.useRealTimers(),
  };
  return clock;
}
