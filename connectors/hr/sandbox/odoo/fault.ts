import { proxyPage, type Fault as SandboxFault, type SandboxCall } from "@bridgekit/sandbox";
import { OdooError } from "./errors.ts";
import { NO_DATABASE_PAGE } from "./responses.ts";

/** A fault of Odoo or of the network before it. */
export type Fault =
  | SandboxFault
  /** An error in place of the call: from Odoo, as JSON, with status 500 or a `name`; otherwise from a proxy. */
  | ({ kind: "status" } & StatusFault)
  /** An empty list in place of rows. Counts stay correct by default. */
  | { kind: "empty"; isCountZero?: boolean }
  /** The database server is down, which Odoo reports as a missing database. */
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
  /** The call is carried out, then the response is an error. */
  isAfterEffect?: boolean;
}

export interface UpstreamCall {
  model: string;
  method: string;
  /** The number of this call among those of its method, from 1. */
  count: number;
  /** The named arguments of the call, including `ids` and `context`. */
  named: Record<string, unknown>;
}

export type FaultRule = (call: UpstreamCall) => Fault | undefined;

/** Reads a call to JSON-2; undefined for any other call. */
export function toUpstreamCall({ path, body, count }: SandboxCall): UpstreamCall | undefined {
  const [, model, method] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (model === undefined || method === undefined) return undefined;
  const isNamed = typeof body === "object" && body !== null && !Array.isArray(body);
  return { model, method, count, named: isNamed ? (body as Record<string, unknown>) : {} };
}

/** Converts Odoo's faults to those of the toolkit. */
export function toSandboxFault(fault: Fault, { method }: UpstreamCall): SandboxFault | undefined {
  switch (fault.kind) {
    case "status":
      return statusResponse(fault);
    case "empty":
      if (method === "search_count" && !fault.isCountZero) return undefined;
      return { kind: "response", status: 200, body: method === "search_count" ? 0 : [] };
    case "database-down":
      return {
        kind: "response",
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
    return { kind: "response", status, headers: page, body: proxyPage(status), isAfterEffect };
  }
  const error = new OdooError(status, name ?? "builtins.Exception", message ?? "Internal Server Error");
  return { kind: "response", status, headers, body: error.toBody(), isAfterEffect };
}
