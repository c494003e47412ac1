import { setTimeout as sleep } from "node:timers/promises";
import { refused, reset } from "../support/failing-upstream.ts";
import type { Chance } from "./chance.ts";

export type Respond = (request: Request) => Promise<Response>;

/** What happens to one call: `call` passes it on. */
type Fault = (call: () => Promise<Response>, chance: Chance) => Promise<Response>;

const LOGIN_PAGE = "<html><head><title>Sign in</title></head><body>Please sign in.</body></html>";
const html = (status: number) => new Response(LOGIN_PAGE, { status, headers: { "content-type": "text/html" } });
const failed = () => Response.json({ detail: "Something broke." }, { status: 500 });

export const FAULTS = {
  async latency(call, chance) {
    await sleep(1 + chance.below("latency", 10));
    return call();
  },
  "refused connection": () => Promise.reject(refused()),
  "reset before the request": () => Promise.reject(reset()),
  async "reset after the request"(call) {
    await call();
    throw reset();
  },
  async "cut body"(call) {
    const response = await call();
    return replaceBody(response, cutOff(await response.text()));
  },
  async "half a body that ends well"(call) {
    const response = await call();
    const text = await response.text();
    return replaceBody(response, text.slice(0, text.length / 2));
  },
  async "429 with Retry-After"(_call, chance) {
    const times = ["0", "0.003", new Date().toUTCString()];
    return Response.json(
      { detail: "Too many calls." },
      { status: 429, headers: { "retry-after": chance.pick("retry-after", times) } },
    );
  },
  "500 before the effect": async () => failed(),
  async "500 after the effect"(call) {
    await call();
    return failed();
  },
  async "503 of a proxy, after the effect"(call) {
    await call();
    return html(503);
  },
  "502 of a proxy": async () => html(502),
  "login page": async () => html(200),
} satisfies Record<string, Fault>;

/** More faults for a Bridge; a system whose calls arrive late looks like one that acts twice. */
export const BRIDGE_FAULTS = {
  ...FAULTS,
  async "request that arrives after its retry"(call, chance) {
    setTimeout(() => void call().catch(() => undefined), 1 + chance.below("late", 30));
    throw reset();
  },
} satisfies Record<string, Fault>;

/** More faults for task runners: a sync takes the 404 of a proxy for a missing extension. */
export const TASK_FAULTS = { ...BRIDGE_FAULTS, "404 of a proxy": async () => html(404) } satisfies Record<
  string,
  Fault
>;

type FaultName = keyof typeof TASK_FAULTS;

export interface FaultOptions {
  faults: Partial<Record<FaultName, Fault>>;
  chance: Chance;
  /** Share of the calls with a fault. */
  rate: number;
  onFault: (name: FaultName) => void;
}

/** Adds faults to a fetch. Which ones depends on the seed and on how many calls of its kind came before. */
export function withFaults(respond: Respond, options: () => FaultOptions): Respond {
  return async (request) => {
    const { faults, chance, rate, onFault } = options();
    const kind = kindOf(request);
    // Sent again after a reset, and a body can be read only once.
    const call = () => respond(request.clone());
    if (!chance.happens(kind, rate)) return call();
    const name = chance.pick(kind, Object.keys(faults) as FaultName[]);
    onFault(name);
    return faults[name]!(call, chance);
  };
}

/** The call without its ids, which differ in each run. */
function kindOf({ method, url }: Request): string {
  return `${method} ${new URL(url).pathname.replaceAll(/[0-9a-f-]{8,}/g, "ID")}`;
}

function replaceBody({ status, headers }: Response, body: string | ReadableStream): Response {
  // Some responses must not have one.
  return new Response(status === 204 ? null : body, { status, headers });
}

/** A body that breaks off in the middle. */
function cutOff(text: string): ReadableStream {
  const bytes = new TextEncoder().encode(text);
  let isBegun = false;
  return new ReadableStream({
    pull(controller) {
      if (isBegun) controller.error(reset());
      else controller.enqueue(bytes.slice(0, bytes.length / 2));
      isBegun = true;
    },
  });
}
