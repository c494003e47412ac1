import { AsyncLocalStorage } from "node:async_hooks";

/** The caller of a statement. */
export interface Caller {
  /** The organisation, which shares the database with others. */
  orgId: string;
  /** Aborts once nobody waits for the response. */
  gone: AbortSignal;
  /** Whether it changes nothing and may be stopped halfway. */
  isReading: boolean;
  /** Whether it has had a connection. */
  hasBegun: boolean;
}

/** Thrown instead of continuing what nobody waits for. */
export class CallerGoneError extends Error {
  override readonly name = "CallerGoneError";

  constructor() {
    super("The client has gone, so its call was stopped.");
  }
}

const callers = new AsyncLocalStorage<Caller | undefined>();

export function currentCaller(): Caller | undefined {
  return callers.getStore();
}

export function runFor<T>(caller: Caller | undefined, work: () => T): T {
  return callers.run(caller, work);
}

/** Runs work that several calls share, or that continues after one: it must not end with its client. */
export function runWithoutCaller<T>(work: () => T): T {
  return callers.run(undefined, work);
}

/** Aborts if the caller may be refused before its next statement: before the first one, or between two reads. */
export function mayLeave(caller: Caller | undefined): AbortSignal | undefined {
  return caller !== undefined && (caller.isReading || !caller.hasBegun) ? caller.gone : undefined;
}
