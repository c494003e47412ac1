import { Hono, type Context } from "hono";
import type { Cursors } from "./cursors.ts";
import { SalesforceError } from "./salesforce-error.ts";
import type { SalesforceOrg } from "./salesforce-org.ts";
import type { Usage } from "./usage.ts";

export type Dispatch = (method: string, path: string, body: unknown) => Promise<Response>;

/** What every route of the org's API gets. */
export interface ApiEnvironment {
  Variables: {
    org: SalesforceOrg;
    cursors: Cursors;
    usage: Usage;
    /** The signed-in user. */
    userId: string;
    /** The token of the session. */
    session: string;
    /** Path of the API's version, for links: `/services/data/v64.0`. */
    root: string;
    /** Carries out another request in the same session, without counting it. */
    dispatch: Dispatch;
    /** Whether the signed-in user may change anything. */
    mayWrite: boolean;
  };
}

export type ApiContext = Context<ApiEnvironment>;
export type Json = Record<string, unknown>;

export function createRoutes(): Hono<ApiEnvironment> {
  return new Hono<ApiEnvironment>();
}

/** Returns the body; throws if it is not an object. */
export async function readBody(context: ApiContext): Promise<Json> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new SalesforceError(400, "JSON_PARSER_ERROR", "The HTTP entity body is required to be a JSON object");
  return body as Json;
}

export function demandWrite({ var: { mayWrite } }: ApiContext): void {
  if (!mayWrite)
    throw new SalesforceError(
      403,
      "INSUFFICIENT_ACCESS_OR_READONLY",
      "insufficient access rights on object id: Manage Users is needed",
      [],
    );
}
