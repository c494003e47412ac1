import { isMatch, type FaultMatch } from "./fault.ts";
import type { SandboxCall } from "./sandbox-call.ts";

/** One call, without its bodies and secrets. */
export interface LoggedRequest {
  method: string;
  path: string;
  /** As sent, without the question mark; secrets in it are masked. */
  query: string;
  /** The scheme, and a mask: `Basic [masked]`. */
  authorization: string | undefined;
  /** The HTTP status, or 0 for a dropped connection. */
  status: number;
}

export type RequestMatch = Pick<FaultMatch, "method" | "path">;

const LIMIT = 10_000;
const SECRET_NAME = /secret|password|api_?key|access_?token/i;

/** Keeps the latest calls and counts all calls. */
export class RequestLog {
  readonly #latest: LoggedRequest[] = [];
  readonly #counts = new Map<string, { method: string; path: string; count: number }>();

  get latest(): readonly LoggedRequest[] {
    return this.#latest;
  }

  /** Counts a call on arrival. Returns its number among the calls with its method and path, from 1. */
  arrived({ method, path }: { method: string; path: string }): number {
    const key = `${method} ${path}`;
    const entry = this.#counts.get(key) ?? { method, path, count: 0 };
    entry.count++;
    this.#counts.set(key, entry);
    return entry.count;
  }

  finished({ method, path, query }: SandboxCall, headers: Headers, status: number): void {
    this.#latest.push({ method, path, query: maskQuery(query), authorization: maskAuthorization(headers), status });
    if (this.#latest.length > LIMIT) this.#latest.shift();
  }

  /** Counts all calls, or those that match. */
  count(match: RequestMatch = {}): number {
    let total = 0;
    for (const { method, path, count } of this.#counts.values())
      if (isMatch({ method, path, query: new URLSearchParams() }, match)) total += count;
    return total;
  }
}

function maskQuery(query: URLSearchParams): string {
  const masked = new URLSearchParams();
  for (const [name, value] of query) masked.append(name, SECRET_NAME.test(name) ? "[masked]" : value);
  return masked.toString();
}

function maskAuthorization(headers: Headers): string | undefined {
  const authorization = headers.get("authorization");
  if (authorization === null) return undefined;
  const scheme = /^(\S+)\s/.exec(authorization)?.[1];
  return scheme === undefined ? "[masked]" : `${scheme} [masked]`;
}
