import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import { htmlResponse, jsonResponse, loginPage } from "./responses.ts";

/** Thrown in place of a response; `fetch` and `listen` each turn it into a broken connection. */
export class ConnectionDropped extends Error {
  override readonly name = "ConnectionDropped";
}

export interface FaultContext {
  /** Carries out the call. */
  respond: () => Promise<Response>;
  /** The response that each `repeat` fault repeats. */
  repeated: WeakMap<Fault, Response>;
  signal: AbortSignal;
}

export async function respondWithFault(fault: Fault, { respond, repeated, signal }: FaultContext): Promise<Response> {
  switch (fault.kind) {
    case "response": {
      if (fault.isAfterEffect) await respond();
      const { status, body, headers = {} } = fault;
      return body === undefined || typeof body === "string"
        ? new Response(body ?? null, { status, headers })
        : jsonResponse(status, body, headers);
    }
    case "reset":
      if (fault.isAfterEffect) await respond();
      throw new ConnectionDropped(`The sandbox dropped the connection ${fault.isAfterEffect ? "after" : "before"} it.`);
    case "truncate": {
      const response = await respond();
      const text = await response.text();
      return new Response(text.slice(0, Math.ceil(text.length / 2)), response);
    }
    case "login-page":
      return htmlResponse(200, loginPage);
    case "delay":
      await wait(fault.milliseconds, undefined, { signal, ref: false });
      return respond();
    case "repeat": {
      const first = repeated.get(fault) ?? (await respond());
      repeated.set(fault, first);
      return first.clone();
    }
    case "change": {
      const response = await respond();
      const isJson = /json/.test(response.headers.get("content-type") ?? "");
      const text = response.ok && isJson ? await response.clone().text() : "";
      // An error and an empty response have no rows to hide.
      if (text === "") return response;
      const headers = Object.fromEntries(response.headers);
      delete headers["content-length"];
      return jsonResponse(response.status, fault.change(JSON.parse(text)), headers);
    }
  }
}
