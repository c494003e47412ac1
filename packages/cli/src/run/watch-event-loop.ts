import { Worker } from "node:worker_threads";

export interface EventLoopOptions {
  /** For how long the event loop may be blocked. */
  seconds: number;
}

// As text, so that it runs the same from the sources and from the published package.
const WATCH = `
const { workerData: { beats, seconds, text } } = require("node:worker_threads");
const { writeSync } = require("node:fs");
let last = -1;
let missed = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === last ? missed + 1 : 0;
  last = now;
  if (missed < seconds) return;
  writeSync(2, text);
  process.kill(process.pid, "SIGKILL");
}, 1000);
`;

/**
 * Kills this process once its event loop has been blocked for too long, as by a connector that never returns: nothing else could
 * end it, nor abort what it runs. A process that stood still as a whole, with its machine, is left alone.
 */
export function watchEventLoop({ seconds }: EventLoopOptions): Disposable {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const beating = setInterval(() => Atomics.add(beats, 0, 1), 500).unref();
  const text =
    `A connector has blocked this process for ${seconds} seconds, so it is killed. What it ran begins again elsewhere, each app ` +
    `in a process of its own; one that blocks three in a row is parked.\n`;
  const watch = new Worker(WATCH, { eval: true, workerData: { beats, seconds, text }, execArgv: [] });
  watch.unref();
  return {
    [Symbol.dispose]() {
      clearInterval(beating);
      void watch.terminate();
    },
  };
}
