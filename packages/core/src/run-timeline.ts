/** What happened in one step of a run; steps in which nothing happened are left out. */
export interface TimelineStep {
  /** 0 for the first. */
  step: number;
  /** Calls sent, including repeated ones. */
  calls: number;
  retries: number;
  rateLimited: number;
  /** Seconds that all calls together waited for their turn. */
  turnSeconds: number;
  /** Seconds that all calls together waited until they were repeated. */
  backoffSeconds: number;
}

/** How a list was known to have ended. */
export type EndProof = "total" | "last_page" | "no_next_page" | "short_page" | "empty_page";

export interface TimelineStream {
  slug: string;
  /** Seconds after the start of the run. */
  startedSeconds: number;
  endedSeconds: number;
  /** `partial`: its end was reached, and something of it was not read. `stopped`: its end was not reached. */
  end: "complete" | "partial" | "stopped";
  /** Lists that it read to their end, by how that was proved. */
  proofs: Partial<Record<EndProof, number>>;
  /** Pages that the Bridge took, by step. */
  pages: { step: number; count: number }[];
}

/** The course of a run, by a clock that never jumps. */
export interface Timeline {
  seconds: number;
  /** Length of a step. */
  stepSeconds: number;
  steps: readonly TimelineStep[];
  streams: readonly TimelineStream[];
}

type Wait = "turnSeconds" | "backoffSeconds";

const MOST_STEPS = 100;
const FIRST_STEP_SECONDS = 0.1;

/** Records the course of a run. Its size is bounded: once a run has too many steps, each two become one. */
export class RunTimeline {
  readonly #clock: () => number;
  readonly #start: number;
  #stepSeconds = FIRST_STEP_SECONDS;
  #steps = new Map<number, TimelineStep>();
  readonly #streams = new Map<string, TimelineStream>();
  #reading: TimelineStream | undefined;

  /** `clock`: milliseconds that never go back. */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
    this.#start = clock();
  }

  /** Counts a call that is sent now. */
  addCall({ isRetry }: { isRetry: boolean }): void {
    const step = this.#stepAt(this.#now());
    step.calls++;
    if (isRetry) step.retries++;
  }

  addRateLimited(): void {
    this.#stepAt(this.#now()).rateLimited++;
  }

  /** Adds a wait that ends now to the steps in which it was. */
  addWait(wait: Wait, seconds: number): void {
    const end = this.#now();
    const start = Math.max(0, end - seconds);
    // Makes room first, so that the steps keep their length while the wait is divided.
    this.#stepAt(end);
    for (let step = this.#indexAt(start); step <= this.#indexAt(end); step++) {
      const [from, to] = [step * this.#stepSeconds, (step + 1) * this.#stepSeconds];
      const share = Math.min(end, to) - Math.max(start, from);
      if (share > 0) this.#stepOf(step)[wait] += share;
    }
  }

  /** The stream that is read from now on. */
  enter(slug: string): void {
    const now = this.#now();
    this.#reading = { slug, startedSeconds: now, endedSeconds: now, end: "stopped", proofs: {}, pages: [] };
    this.#streams.set(slug, this.#reading);
  }

  /** The end of a list was proved. */
  addProof(proof: EndProof): void {
    const proofs = this.#reading?.proofs;
    if (proofs) proofs[proof] = (proofs[proof] ?? 0) + 1;
  }

  /** The stream was read to its end. */
  leave(end: "complete" | "partial"): void {
    if (!this.#reading) return;
    this.#reading.end = end;
    this.#reading.endedSeconds = this.#now();
    this.#reading = undefined;
  }

  /** The Bridge took a page. */
  addPage(slug: string): void {
    const now = this.#now();
    this.#stepAt(now);
    const step = this.#indexAt(now);
    const stream = this.#streams.get(slug);
    if (!stream) return;
    stream.endedSeconds = now;
    const last = stream.pages.at(-1);
    if (last?.step === step) last.count++;
    else stream.pages.push({ step, count: 1 });
  }

  /** The course up to now. */
  end(): Timeline {
    const seconds = this.#now();
    if (this.#reading) this.#reading.endedSeconds = seconds;
    const steps = [...this.#steps.values()].filter(isBusy).toSorted((a, b) => a.step - b.step);
    return {
      seconds: round(seconds),
      stepSeconds: this.#stepSeconds,
      steps: steps.map(roundStep),
      streams: [...this.#streams.values()].map(roundStream),
    };
  }

  /** Seconds since the start. */
  #now(): number {
    return Math.max(0, (this.#clock() - this.#start) / 1000);
  }

  #indexAt(seconds: number): number {
    return Math.floor(seconds / this.#stepSeconds);
  }

  #stepAt(seconds: number): TimelineStep {
    while (this.#indexAt(seconds) >= MOST_STEPS) this.#join();
    return this.#stepOf(this.#indexAt(seconds));
  }

  #stepOf(step: number): TimelineStep {
    const known = this.#steps.get(step);
    if (known) return known;
    const added = { step, calls: 0, retries: 0, rateLimited: 0, turnSeconds: 0, backoffSeconds: 0 };
    this.#steps.set(step, added);
    return added;
  }

  /** Makes each two steps one. */
  #join(): void {
    const steps = [...this.#steps.values()];
    this.#stepSeconds *= 2;
    this.#steps = new Map();
    for (const { step, ...counts } of steps) {
      const joined = this.#stepOf(Math.floor(step / 2));
      for (const [name, count] of Object.entries(counts)) joined[name as keyof typeof counts] += count;
    }
    for (const stream of this.#streams.values()) stream.pages = joinPages(stream.pages);
  }
}

function joinPages(pages: TimelineStream["pages"]): TimelineStream["pages"] {
  const joined: TimelineStream["pages"] = [];
  for (const { step, count } of pages) {
    const half = Math.floor(step / 2);
    const last = joined.at(-1);
    if (last?.step === half) last.count += count;
    else joined.push({ step: half, count });
  }
  return joined;
}

function isBusy({ calls, rateLimited, turnSeconds, backoffSeconds }: TimelineStep): boolean {
  return calls > 0 || rateLimited > 0 || turnSeconds > 0 || backoffSeconds > 0;
}

function roundStep(step: TimelineStep): TimelineStep {
  return { ...step, turnSeconds: round(step.turnSeconds), backoffSeconds: round(step.backoffSeconds) };
}

function roundStream(stream: TimelineStream): TimelineStream {
  return { ...stream, startedSeconds: round(stream.startedSeconds), endedSeconds: round(stream.endedSeconds) };
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
