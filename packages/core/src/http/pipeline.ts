import type { Logger } from "../logger.ts";
import type { Redact } from "../redact.ts";
import type { RunContext } from "../run-context.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import type { Host, HostCall } from "./rate-limiter/host.ts";
import type { UsageMeter } from "./usage-meter.ts";

/** An address, the headers that sign in there, and the secrets that must not be shown. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: Host;
  /** Whose rate limits the calls count towards; the same object for the same credential. */
  readonly credential: object;
  /** The rate limit of the credential, if other processes share it. */
  readonly shared: HostCall["shared"];
  /** Whose turns the calls take in the queue of the host. */
  readonly connection: object;
  readonly redact: Redact;
  /** Writes no secret. */
  readonly logger: Logger;
  /** Adds secrets to those that are masked, here and in the connection. */
  readonly learn: (secrets: Iterable<string>) => void;
}

/** A call on its way through the pipeline. */
export interface HttpCall {
  readonly request: HttpRequest;
  /** Method and path without query, for messages. */
  readonly name: string;
  /** Where the call goes, and as whom. */
  readonly endpoint: Endpoint;
  /** The name of its rate-limit bucket. */
  readonly bucket: string;
  /** Aborts with the run or the request. */
  readonly signal: AbortSignal | undefined;
  /** The kind of run that the call belongs to. */
  readonly work: RunContext["work"] | undefined;
  readonly meter: UsageMeter;
}

export type Send = (call: HttpCall) => Promise<HttpResponse<unknown>>;

/** Does its part before, after or around `next`, which it calls any number of times. */
export type Step = (call: HttpCall, next: Send) => Promise<HttpResponse<unknown>>;

/** A step that decides when a call is sent, or watches how it ends, without seeing the response. */
export type Gate = (call: HttpCall, pass: () => Promise<void>) => Promise<void>;

/** Makes a step of a gate. */
export function throughGate(gate: Gate): Step {
  return async (call, next) => {
    let response: HttpResponse<unknown> | undefined;
    await gate(call, async () => {
      response = await next(call);
    });
    return response!;
  };
}

/** Chains steps from the outermost one to `last`. */
export function createPipeline(steps: readonly Step[], last: Send): Send {
  return steps.reduceRight<Send>((next, step) => (call) => step(call, next), last);
}
