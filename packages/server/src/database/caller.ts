import { AsyncLocalStorage } from "node:async_hooks";

/** On whose behalf a statement runs. */
export interface Caller {
  /** The organisation, which shares the database with the others. */
  orgId: string;
  /** Aborts once nobody waits for the response any more. */
  gone: AbortSignal;
  /** Whether it changes nothing, so that it may be broken off in the middle. */
  isReading: boolean;
  /** Whether it has had a connection. */
  hasBegun: boolean;
}

/** Thrown in place of going on with what nobody waits for. */
export class CallerGoneError extends Error {
  override readonly name = "CallerGoneError";

  constructor() {
    super("The client has gone, so its call was not carried on with.");
  }
}

const callers = new AsyncLocalStorage<Caller | undefined>();

export function currentCaller(): Caller | undefined {
  return callers.getStore();
}

export function runFor<T>(caller: Caller | undefined, work: () => T): T {
  return callers.run(caller, work);
}

/** For what a call starts and several share, or what goes on after it: it must not end with its client. */
export function runForNobody<T>(work: () => T): T {
  return callers.run(undefined, work);
}

/** Aborts where the caller may be turned away before its next statement: before its first one, or between two reads. */
export function mayLeave(caller: Caller | undefined): AbortSignal | undefined {
  return caller !== undefined && (caller.isReading || !caller.hasBegun) ? caller.gone : undefined;
}
