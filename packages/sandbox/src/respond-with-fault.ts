import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import { htmlResponse, jsonResponse, loginPage } from "./responses.ts";

/** Thrown instead of answering; the way in turns it into what a broken connection looks like there. */
export class ConnectionDropped extends Error {
  override readonly name = "ConnectionDropped";
}

export interface FaultContext {
  /** Carries the call out. */
  answer: () => Promise<Response>;
  /** What each `repeat` fault repeats. */
  repeated: WeakMap<Fault, Response>;
  signal: AbortSignal;
}

/** Answers a call with a fault. */
export async function respondWithFault(fault: Fault, { answer, repeated, signal }: FaultContext): Promise<Response> {
  switch (fault.kind) {
    case "answer": {
      if (fault.isAfterEffect) await answer();
      const { status, body, headers = {} } = fault;
      return body === undefined || typeof body === "string"
        ? new Response(body ?? null, { status, headers })
        : jsonResponse(status, body, headers);
    }
    case "reset":
      if (fault.isAfterEffect) await answer();
      throw new ConnectionDropped(`The sandbox dropped the connection ${fault.isAfterEffect ? "after" : "before"} it.`);
    case "cut": {
      const response = await answer();
      const text = await response.text();
      return new Response(text.slice(0, Math.ceil(text.length / 2)), response);
    }
    case "login-page":
      return htmlResponse(200, loginPage);
    case "delay":
      await wait(fault.milliseconds, undefined, { signal, ref: false });
      return answer();
    case "repeat": {
      const first = repeated.get(fault) ?? (await answer());
      repeated.set(fault, first);
      return first.clone();
    }
    case "change": {
      const response = await answer();
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
