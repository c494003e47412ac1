import { respondWithFault, ConnectionDropped } from "./respond-with-fault.ts";
import type { Fault, FaultRule } from "./fault.ts";
import { listen, type RunningSandbox } from "./listen.ts";
import { createApiChecker, type ApiDescription } from "./openapi/api-checker.ts";
import { toViolationError, type Violation } from "./openapi/violation.ts";
import { RequestLog, type LoggedRequest, type RequestMatch } from "./request-log.ts";
import { readCall, type SandboxCall } from "./sandbox-call.ts";

export interface SandboxOptions {
  /** The product: the `fetch` of a Hono app, or any function that returns a response. */
  fetch: (request: Request) => Response | Promise<Response>;
  /** The vendor's own descriptions, against which every request and response is checked. */
  descriptions?: readonly ApiDescription[];
}

export interface Sandbox {
  /** Calls the product in this process: takes the place of `globalThis.fetch`, for any host. */
  fetch: typeof globalThis.fetch;
  /** Serves the product on a port; port 0, the default, picks a free one. */
  listen: (options?: { port?: number; hostname?: string }) => Promise<RunningSandbox>;
  /** The latest 10,000 calls, in the order of their responses. */
  readonly requests: readonly LoggedRequest[];
  requestCount(match?: RequestMatch): number;
  /** The number of calls without a response so far. */
  readonly pending: number;
  /** Adds a rule, consulted before every call (the first fault wins). Returns a function that removes it. */
  fault(rule: FaultRule): () => void;
  /** Requests, and responses without a fault, that do not match the description. */
  readonly violations: readonly Violation[];
  /** Throws an error that lists the violations, if there are any. */
  assertNoViolations(): void;
}

/**
 * Wraps a stand-in for a product with faults, a request log and a check against the vendor's description.
 *
 * @example
 * const app = new Hono();
 * app.get("/users", (context) => context.json(users));
 * const sandbox = createSandbox({ fetch: app.fetch });
 * sandbox.fault(when({ path: "/users", nth: 2 }, { kind: "login-page" }));
 */
export function createSandbox({ fetch, descriptions = [] }: SandboxOptions): Sandbox {
  const log = new RequestLog();
  const checker = createApiChecker(descriptions);
  const rules = new Set<FaultRule>();
  const repeated = new WeakMap<Fault, Response>();
  let pending = 0;

  async function handleChecked(request: Request, call: SandboxCall): Promise<Response> {
    const response = await fetch(request);
    await checker.checkResponse(call, response);
    return response;
  }

  async function handleCall(request: Request): Promise<Response> {
    const read = await readCall(request);
    const call: SandboxCall = { ...read, count: log.arrived(read) };
    checker.checkRequest(call);
    let status = 0;
    pending++;
    try {
      let fault: Fault | undefined;
      for (const rule of rules) if ((fault = rule(call))) break;
      const carryOut = () => handleChecked(request, call);
      const response = fault
        ? await respondWithFault(fault, { respond: carryOut, repeated, signal: request.signal })
        : await carryOut();
      status = response.status;
      return response;
    } finally {
      pending--;
      log.finished(call, request.headers, status);
    }
  }

  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      try {
        return await handleCall(request);
      } catch (error) {
        request.signal.throwIfAborted();
        throw error instanceof ConnectionDropped ? toFetchError(error) : error;
      }
    },
    listen: ({ port = 0, hostname = "127.0.0.1" } = {}) => listen(handleCall, port, hostname),
    get requests() {
      return log.latest;
    },
    requestCount: (match) => log.count(match),
    get pending() {
      return pending;
    },
    fault(rule) {
      // Wrapped, so that the same rule can be added twice.
      const added: FaultRule = (call) => rule(call);
      rules.add(added);
      return () => void rules.delete(added);
    },
    get violations() {
      return checker.violations;
    },
    assertNoViolations() {
      if (checker.violations.length > 0) throw toViolationError(checker.violations);
    },
  };
}

/** The error of Node's fetch when the other side hangs up. */
function toFetchError(dropped: ConnectionDropped): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET", { cause: dropped }), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}
