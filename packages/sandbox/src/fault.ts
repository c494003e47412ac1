import type { SandboxCall } from "./sandbox-call.ts";

/** A fault of a product or of the network before it. */
export type Fault =
  /** Replaces the response; with `isAfterEffect`, the call is still carried out. */
  | {
      kind: "response";
      status: number;
      headers?: Readonly<Record<string, string>>;
      /** A text is sent as it is, anything else as JSON. */
      body?: unknown;
      isAfterEffect?: boolean;
    }
  /** The connection breaks before the call is carried out, or after it with `isAfterEffect`. */
  | { kind: "reset"; isAfterEffect?: boolean }
  /** The call is carried out; its response ends halfway. */
  | { kind: "truncate" }
  /** 200 with the login page of a proxy in front of the product. */
  | { kind: "login-page" }
  /** A slow but correct response. */
  | { kind: "delay"; milliseconds: number }
  /** An endless list: every later call gets the response of the first one. */
  | { kind: "repeat" }
  /** Changes the JSON of the response, for instance to hide rows or to give a wrong total. */
  | { kind: "change"; change: (body: any) => unknown };

/** Consulted before every call; the first rule that returns a fault wins. */
export type FaultRule = (call: SandboxCall) => Fault | undefined;

export interface FaultMatch {
  method?: string;
  /** The whole path, or a pattern. */
  path?: string | RegExp;
  /** Parameters that the query must have. */
  query?: Readonly<Record<string, string>>;
  /** The first matching call to fail, counted from 1 since the rule was made. */
  nth?: number;
  /** The number of consecutive calls to fail; all by default. */
  times?: number;
}

/**
 * Makes a rule from data.
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

export function isMatch(
  call: Pick<SandboxCall, "method" | "path" | "query">,
  { method, path, query = {} }: Pick<FaultMatch, "method" | "path" | "query">,
): boolean {
  if (method !== undefined && method !== call.method) return false;
  if (typeof path === "string" && path !== call.path) return false;
  if (path instanceof RegExp && !path.test(call.path)) return false;
  return Object.entries(query).every(([name, value]) => call.query.getAll(name).includes(value));
}
