import { NotOffered } from "@bridgekit/sandbox";
import { Hono, type Context } from "hono";
import type { Caller } from "./caller.ts";
import { badRequest } from "./jira-error.ts";
import type { JiraSite } from "./jira-site.ts";

/** What every route of Jira's API gets. */
export interface ApiEnvironment {
  Variables: {
    site: JiraSite;
    caller: Caller;
    /** Address of the API, for links: `https://acme.atlassian.net/rest/api/3`. */
    base: string;
    /** Address of the call. */
    url: URL;
    /** Returns an id for a new user. */
    newAccountId: () => string;
  };
}

export type ApiContext = Context<ApiEnvironment>;

export function createRoutes(): Hono<ApiEnvironment> {
  return new Hono<ApiEnvironment>();
}

/** Returns the body; throws if it is not an object. */
export async function readBody(context: ApiContext): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw badRequest("There was an error parsing JSON. Check that your request body is valid.");
  return body as Record<string, unknown>;
}

/** Refuses parameters that Jira documents but the stand-in does not model. */
export function refuseParameters(context: ApiContext, ...names: readonly string[]): void {
  const given = names.find((name) => context.req.query(name) !== undefined);
  if (given !== undefined) throw new NotOffered(`The parameter ${given} of ${context.req.method} ${context.req.path}`);
}

/** Returns a list of texts from a body; empty if absent. */
export function readTexts(value: unknown, name: string): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== "string"))
    throw badRequest(`The ${name} field must be a list of texts.`);
  return value as string[];
}
