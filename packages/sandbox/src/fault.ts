import type { SandboxCall } from "./sandbox-call.ts";

/** What can go wrong on the way to a product or inside it. */
export type Fault =
  /** This answer instead of the call's own; with `isAfterEffect`, the call is carried out all the same. */
  | {
      kind: "answer";
      status: number;
      headers?: Readonly<Record<string, string>>;
      /** Sent as it is where it is a text, else as JSON. */
      body?: unknown;
      isAfterEffect?: boolean;
    }
  /** The connection breaks: before anything happened, or with `isAfterEffect` once the call was carried out. */
  | { kind: "reset"; isAfterEffect?: boolean }
  /** The call takes effect; its answer breaks off in the middle. */
  | { kind: "cut" }
  /** 200 with the login page of whatever stands in front of the product. */
  | { kind: "login-page" }
  /** A slow answer, but a right one. */
  | { kind: "delay"; milliseconds: number }
  /** A list that never ends: the first such call is answered rightly, each later one of the same list like the first. */
  | { kind: "repeat" }
  /** The call's own JSON answer, changed on its way: rows that permissions hide, a total that does not fit. */
  | { kind: "change"; change: (body: any) => unknown };

/** Asked before every call; the first rule that answers a fault wins. */
export type FaultRule = (call: SandboxCall) => Fault | undefined;

export interface FaultMatch {
  method?: string;
  /** A whole path, or a pattern for it. */
  path?: string | RegExp;
  /** Parameters that the query has. */
  query?: Readonly<Record<string, string>>;
  /** The first call that goes wrong among those that match, counted from 1 and from when the rule was made. */
  nth?: number;
  /** How many calls in a row go wrong; all of them unless told otherwise. */
  times?: number;
}

/**
 * A rule of data.
 *
 * @example
 * sandbox.fault(when({ path: "/rest/api/3/group/bulk", nth: 2, times: 1 }, { kind: "reset" }));
 */
export function when({ nth = 1, times = Infinity, ...match }: FaultMatch, fault: Fault): FaultRule {
  let matched = 0;
  return (call) => {
    if (!isMatch(call, match)) return undefined;
    matched++;
    return matched >= nth && matched < nth + times ? fault : undefined;
  };
}

/** Whether a call is one of those meant. */
export function isMatch(
  call: Pick<SandboxCall, "method" | "path" | "query">,
  { method, path, query = {} }: Pick<FaultMatch, "method" | "path" | "query">,
): boolean {
  if (method !== undefined && method !== call.method) return false;
  if (typeof path === "string" && path !== call.path) return false;
  if (path instanceof RegExp && !path.test(call.path)) return false;
  return Object.entries(query).every(([name, value]) => call.query.getAll(name).includes(value));
}
