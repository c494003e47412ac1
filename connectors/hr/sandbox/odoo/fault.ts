import { proxyPage, type Fault as SandboxFault, type SandboxCall } from "@bridgekit/sandbox";
import { OdooError } from "./errors.ts";
import { NO_DATABASE_PAGE } from "./responses.ts";

/** What can go wrong on the way to an Odoo or inside it. */
export type Fault =
  | SandboxFault
  /** An error instead of the call. 500, or any status with a `name`, comes from Odoo as JSON; others from a proxy. */
  | ({ kind: "status" } & StatusFault)
  /** No rows where rows were due. A count of them stays right, unless asked otherwise. */
  | { kind: "empty"; isCountZero?: boolean }
  /** The database server is down, which Odoo takes for a database that it does not have. */
  | { kind: "database-down"; isAfterEffect?: boolean }
  /** The database server restarts during the call. */
  | { kind: "database-restarted"; error?: keyof typeof DATABASE_ERRORS; isAfterEffect?: boolean };

const DATABASE_ERRORS = {
  InterfaceError: "connection already closed",
  OperationalError:
    "server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n" +
    "\tbefore or while processing the request.\n",
};

interface StatusFault {
  status: number;
  retryAfterSeconds?: number;
  /** Python's name of the exception, e.g. `psycopg2.errors.SerializationFailure`. */
  name?: string;
  message?: string;
  /** The call takes effect, and then the answer is an error. */
  isAfterEffect?: boolean;
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

/** Reads a call to JSON-2; `undefined` for any other. */
export function toUpstreamCall({ path, body, count }: SandboxCall): UpstreamCall | undefined {
  const [, model, method] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (model === undefined || method === undefined) return undefined;
  const isNamed = typeof body === "object" && body !== null && !Array.isArray(body);
  return { model, method, count, named: isNamed ? (body as Record<string, unknown>) : {} };
}

/** Odoo's own faults in the toolkit's words. */
export function toSandboxFault(fault: Fault, { method }: UpstreamCall): SandboxFault | undefined {
  switch (fault.kind) {
    case "status":
      return statusResponse(fault);
    case "empty":
      if (method === "search_count" && !fault.isCountZero) return undefined;
      return { kind: "answer", status: 200, body: method === "search_count" ? 0 : [] };
    case "database-down":
      return {
        kind: "answer",
        status: 404,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: NO_DATABASE_PAGE,
        isAfterEffect: fault.isAfterEffect ?? false,
      };
    case "database-restarted": {
      const { error = "OperationalError", isAfterEffect = false } = fault;
      return statusResponse({
        status: 500,
        name: `psycopg2.${error}`,
        message: DATABASE_ERRORS[error],
        isAfterEffect,
      });
    }
    default:
      return fault;
  }
}

function statusResponse({
  status,
  retryAfterSeconds,
  name,
  message,
  isAfterEffect = false,
}: StatusFault): SandboxFault {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  if (name === undefined && status !== 500) {
    const page = { ...headers, "content-type": "text/html; charset=utf-8" };
    return { kind: "answer", status, headers: page, body: proxyPage(status), isAfterEffect };
  }
  const error = new OdooError(status, name ?? "builtins.Exception", message ?? "Internal Server Error");
  return { kind: "answer", status, headers, body: error.toBody(), isAfterEffect };
}
