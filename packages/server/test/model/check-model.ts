import * as fc from "fast-check";
import { DATABASES, type DatabasePlaces } from "../support/database-places.ts";
import { type Backend, openBackend } from "./backend.ts";
import { countEvents, type Event, EVENTS } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import { play } from "./play.ts";
import { type Round, round, type Sequence, SEQUENCES_PER_ROUND } from "./step.ts";

export interface ModelOptions {
  places: DatabasePlaces;
  /** At least this many. */
  sequences: number;
  /** A run with the same seed makes the same calls. */
  seed?: number;
  /** Called now and then with the number so far. */
  onProgress?: (played: number) => void;
}

export interface ModelResult {
  /** Of the last run, if several are added up. */
  seed: number;
  sequences: number;
  calls: number;
  /** How often each event happened, on both backends together. */
  events: Map<Event, number>;
  /** The calls and responses of the smallest sequence that broke the protocol; undefined if none did. */
  failure: string | undefined;
}

/** Plays random sequences on PGlite and on PostgreSQL and compares every response with the model of the protocol. */
export async function checkModel({ places, sequences, seed, onProgress }: ModelOptions): Promise<ModelResult> {
  const backends = await Promise.all(DATABASES.map((kind) => openBackend(kind, places)));
  const result = { sequences: 0, calls: 0, events: new Map<Event, number>(EVENTS.map((event) => [event, 0])) };
  const note = (played: Ledger) => {
    result.calls += played.happened.length;
    for (const [event, count] of countEvents(played)) result.events.set(event, (result.events.get(event) ?? 0) + count);
  };
  // Without bias: the values are small already, and a short sequence never reaches a second sync.
  const property = fc.asyncProperty(fc.noBias(round), async ({ calm, stormy }) => {
    for (const played of await playAll(backends, calm)) note(played);
    if (stormy !== null) for (const played of await playAll(backends, [stormy])) note(played);
    result.sequences += calm.length + (stormy === null ? 0 : 1);
    onProgress?.(result.sequences);
  });
  try {
    const numRuns = Math.ceil(sequences / SEQUENCES_PER_ROUND);
    const run = await fc.check(property, { numRuns, ...(seed !== undefined && { seed }) });
    return { ...result, seed: run.seed, failure: run.failed ? describeFailure(run) : undefined };
  } finally {
    await Promise.all(backends.map((backend) => backend.close()));
  }
}

/** Waits for all of them even if one fails, so that the next attempt finds the backends idle. */
async function playAll(backends: readonly Backend[], sequences: readonly Sequence[]): Promise<Ledger[]> {
  const played = await Promise.allSettled(
    backends.flatMap((backend) => {
      // PGlite has one connection: parallel sequences would only wait for each other.
      if (backend.kind === "pglite") return [playInTurn(backend, sequences)];
      return sequences.map((sequence) => playInTurn(backend, [sequence]));
    }),
  );
  return played.flatMap((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

async function playInTurn(backend: Backend, sequences: readonly Sequence[]): Promise<Ledger[]> {
  const ledgers: Ledger[] = [];
  for (const sequence of sequences) ledgers.push(await play(backend, sequence));
  return ledgers;
}

/** The sum of several runs. */
export function addResult(total: ModelResult | undefined, result: ModelResult): ModelResult {
  if (total === undefined) return result;
  const events = new Map(EVENTS.map((event) => [event, total.events.get(event)! + result.events.get(event)!]));
  const { sequences, calls } = total;
  return { ...result, sequences: sequences + result.sequences, calls: calls + result.calls, events };
}

/** A summary: one line, or the failure. */
export function describeModel({ seed, sequences, calls, events, failure }: ModelResult): string {
  if (failure !== undefined) return failure;
  const sorted = [...events].toSorted(([, one], [, other]) => other - one);
  const list = sorted.map(([event, count]) => `${event} ${count}`).join(", ");
  return `${sequences} sequences, ${calls} calls, seed ${seed}: ${list}`;
}

function describeFailure({
  seed,
  counterexamplePath,
  counterexample,
  numShrinks,
  errorInstance,
}: fc.RunDetails<[Round]>): string {
  const error = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [
    error,
    `seed ${seed}, path "${counterexamplePath}", made smaller ${numShrinks} times. The sequences:`,
    JSON.stringify(counterexample?.[0]),
  ].join("\n");
}
