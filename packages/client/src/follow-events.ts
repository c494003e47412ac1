import { EventSourceParserStream } from "eventsource-parser/stream";
import { isApiError } from "./api-error.ts";
import type { Event } from "./models.ts";

export interface EventOptions {
  /** Starts after this event if the Bridge still has it, otherwise from now on. */
  lastEventId?: string;
  /** Called once a stream that starts from now on has begun: what happened before is not in it. */
  onBegin?: () => void;
  signal?: AbortSignal;
}

/** An event with its id, from which a later stream can continue. */
export type ReceivedEvent = Event & { id: string };

type Open = (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;

const FIRST_DELAY_SECONDS = 0.5;
const LONGEST_DELAY_SECONDS = 30;
// The Bridge sends a comment every 15 seconds.
const LONGEST_SILENCE_MS = 60_000;

/** Yields each event once, reconnecting as often as needed. */
export async function* followEvents(
  open: Open,
  { lastEventId, onBegin, signal }: EventOptions,
): AsyncGenerator<ReceivedEvent> {
  let lastId = lastEventId;
  let isOpened = false;
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted();
    let retryAfterSeconds: number | undefined;
    try {
      using connection = new Connection(signal);
      const response = await open(lastId, connection.signal);
      isOpened = true;
      // The stream starts with the id it continues from, needed if it breaks off before the first event.
      const onId = (id: string) => {
        if (lastId === undefined) onBegin?.();
        lastId ??= id;
      };
      for await (const message of readMessages(response, { onId, onComment: () => connection.touch() })) {
        connection.touch();
        lastId = message.id;
        failures = 0;
        yield { ...(JSON.parse(message.data) as Event), id: message.id };
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!isOpened || isFinal(error)) throw error;
      if (isApiError(error)) ({ retryAfterSeconds } = error);
    }
    await sleep(retryAfterSeconds ?? Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** failures), signal);
  }
}

interface Message {
  id: string;
  data: string;
}

async function* readMessages(
  response: Response,
  callbacks: { onId: (id: string) => void; onComment: () => void },
): AsyncGenerator<Message> {
  if (response.body === null) return;
  const messages = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream(callbacks));
  for await (const { id, data } of messages) if (id !== undefined) yield { id, data };
}

/** Aborts with the caller's signal or after a long silence. */
class Connection implements Disposable {
  readonly signal: AbortSignal;
  readonly #silence = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = AbortSignal.any([this.#silence.signal, ...(signal ? [signal] : [])]);
    this.touch();
  }

  /** Restarts the silence timer. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#silence.abort(), LONGEST_SILENCE_MS);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** Whether a retry can't help: the Bridge itself, not a proxy, refused. */
function isFinal(error: unknown): boolean {
  return isApiError(error) && error.isFromBridge && error.status < 500 && error.status !== 429;
}

function sleep(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal?.addEventListener("abort", end);
  });
}
