import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Waker } from "../src/worker/waker.ts";

const WAITS = 10_000;
/** A listener or a reaction for each wait would need more than this for each. */
const MOST_BYTES_EACH = 40;

function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

test("a worker that has waited for years holds no more memory than a new one", async () => {
  const waker = new Waker();
  const wait = async () => {
    const waiting = waker.wait(60_000);
    waker.wake();
    await waiting;
  };
  for (let count = 0; count < 1_000; count++) await wait();
  const before = usedBytes();
  for (let count = 0; count < WAITS; count++) await wait();
  expect((usedBytes() - before) / WAITS).toBeLessThan(MOST_BYTES_EACH);
});

test("a wait ends when its time has passed, and before if it is woken", async () => {
  const waker = new Waker();
  // Wakes only who waits already.
  waker.wake();
  await waker.wait(1);
  const waiting = waker.wait();
  waker.wake();
  await waiting;
});
