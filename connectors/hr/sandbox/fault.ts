import { setTimeout as wait } from "node:timers/promises";
import { OdooError } from "./errors.ts";
import { htmlResponse, jsonResponse, loginPage, proxyPage } from "./responses.ts";

/** What can go wrong on the way to an Odoo or inside it. */
export type Fault =
  /** An error instead of the call. 500, or any status with a `name`, comes from Odoo as JSON; others from a proxy. */
  | ({ kind: "status" } & StatusFault)
  /** The call takes effect, and then the answer is an error. */
  | ({ kind: "status-after" } & StatusFault)
  /** 200 with a login page, as a misconfigured proxy answers. */
  | { kind: "html" }
  /** The call takes effect; its JSON breaks off in the middle. */
  | { kind: "cut" }
  /** The connection breaks before anything happened. */
  | { kind: "drop" }
  /** The call takes effect, and then the connection breaks. */
  | { kind: "drop-after" }
  /** No rows where rows were due. A count of them stays right, unless asked otherwise. */
  | { kind: "empty"; isCountZero?: boolean }
  /** A slow answer, but a right one. */
  | { kind: "delay"; milliseconds: number };

interface StatusFault {
  status: number;
  retryAfterSeconds?: number;
  /** Python's name of the exception, e.g. `psycopg2.errors.SerializationFailure`. */
  name?: string;
  message?: string;
}

export interface UpstreamCall {
  model: string;
  method: string;
  /** How many calls of this method there have been, this one included. */
  count: number;
  /** The named arguments of the call, `ids` and `context` among them. */
  named: Record<string, unknown>;
}

export type FaultRule = (call: UpstreamCall) => Fault | undefined;

/** Thrown instead of answering; the way in turns it into what a broken connection looks like there. */
export class ConnectionDropped extends Error {
  override readonly name = "ConnectionDropped";
}

/** Answers a call, with the fault if there is one. */
export async function answerWithFault(
  fault: Fault | undefined,
  call: UpstreamCall,
  answer: () => Response,
  signal: AbortSignal,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return answer();
    case "status":
      return statusResponse(fault);
    case "status-after":
      answer();
      return statusResponse(fault);
    case "html":
      return htmlResponse(200, loginPage);
    case "cut": {
      const response = answer();
      const text = await response.text();
      return new Response(text.slice(0, Math.ceil(text.length / 2)), response);
    }
    case "drop":
      throw new ConnectionDropped("The sandbox dropped the connection before the call.");
    case "drop-after":
      answer();
      throw new ConnectionDropped("The sandbox dropped the connection after the call.");
    case "empty":
      if (call.method !== "search_count") return jsonResponse(200, []);
      return fault.isCountZero ? jsonResponse(200, 0) : answer();
    case "delay":
      await wait(fault.milliseconds, undefined, { signal, ref: false });
      return answer();
  }
}

function statusResponse({ status, retryAfterSeconds, name, message }: StatusFault): Response {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  if (name === undefined && status !== 500) return htmlResponse(status, proxyPage(status), headers);
  const error = new OdooError(status, name ?? "builtins.Exception", message ?? "Internal Server Error");
  return jsonResponse(status, error.toBody(), headers);
}
