import { destination, type DestinationStream } from "pino";

/** What may wait in memory until it can be written; further lines are dropped. */
const MOST_WAITING_BYTES = 1024 * 1024;

/**
 * The log on standard output (1) or standard error (2). Where it can't be written, for example on a full disk, the
 * process goes on without it. By pino's own rules the process would end, and wait for ever while it flushes the log.
 */
export function openLog(fd: 1 | 2): DestinationStream {
  const log = destination({ dest: fd, maxLength: MOST_WAITING_BYTES });
  const flushSync = log.flushSync.bind(log);
  log.on("error", () => {
    log.flushSync = () => {};
  });
  log.on("write", () => {
    log.flushSync = flushSync;
  });
  return log;
}
