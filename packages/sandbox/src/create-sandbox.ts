import { respondWithFault, ConnectionDropped } from "./respond-with-fault.ts";
import type { Fault, FaultRule } from "./fault.ts";
import { listen, type RunningSandbox } from "./listen.ts";
import { createApiChecker, type ApiDescription } from "./openapi/api-checker.ts";
import { toViolationError, type Violation } from "./openapi/violation.ts";
import { RequestLog, type LoggedRequest, type RequestMatch } from "./request-log.ts";
import { readCall, type SandboxCall } from "./sandbox-call.ts";

export interface SandboxOptions {
  /** The product: a Hono app's `fetch`, or anything that answers a request. */
  answer: (request: Request) => Response | Promise<Response>;
  /** The vendor's own descriptions, which every request and every answer is checked against. */
  descriptions?: readonly ApiDescription[];
}

export interface Sandbox {
  /** The in-process way in: a drop-in for `globalThis.fetch`, whatever the host of the URL. */
  fetch: typeof globalThis.fetch;
  /** The other way in; port 0, the default, takes a free one. */
  listen: (options?: { port?: number; hostname?: string }) => Promise<RunningSandbox>;
  /** The latest 10,000 calls, in the order of their answers. */
  readonly requests: readonly LoggedRequest[];
  requestCount(match?: RequestMatch): number;
  /** Calls that are not answered yet. */
  readonly pending: number;
  /** Adds a rule, asked before every call (the first fault wins); answers the function that takes it away again. */
  fault(rule: FaultRule): () => void;
  /** Where a request, or an answer that no fault touched, was not what the description says. */
  readonly violations: readonly Violation[];
  /** Throws an error that lists the violations, if there are any. */
  assertNoViolations(): void;
}

/**
 * Puts faults, a request log and a check against the vendor's description around an app that stands in for a product.
 *
 * @example
 * const app = new Hono();
 * app.get("/users", (context) => context.json(users));
 * const sandbox = createSandbox({ answer: app.fetch });
 * sandbox.fault(when({ path: "/users", nth: 2 }, { kind: "login-page" }));
 */
export function createSandbox({ answer, descriptions = [] }: SandboxOptions): Sandbox {
  const log = new RequestLog();
  const checker = createApiChecker(descriptions);
  const rules = new Set<FaultRule>();
  const repeated = new WeakMap<Fault, Response>();
  let pending = 0;

  async function handleChecked(request: Request, call: SandboxCall): Promise<Response> {
    const response = await answer(request);
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
        ? await respondWithFault(fault, { answer: carryOut, repeated, signal: request.signal })
        : await carryOut();
      status = response.status;
      return response;
    } finally {
      pending--;
      log.answered(call, request.headers, status);
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

/** What Node's fetch says when the other side hangs up. */
function toFetchError(dropped: ConnectionDropped): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET", { cause: dropped }), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}
