import { Hono, type Context } from "hono";
import type { Access } from "./access.ts";
import { badRequest } from "./bamboo-error.ts";
import type { BambooCompany } from "./bamboo-company.ts";

/** What every route of the API gets. */
export interface ApiEnvironment {
  Variables: {
    company: BambooCompany;
    access: Access;
    /** Address of the API, for links: `https://acme.bamboohr.com/api/v1`. */
    base: string;
    /** The maximum number of employees of a page. */
    pageSize: number;
  };
}

export type ApiContext = Context<ApiEnvironment>;

export function createRoutes(): Hono<ApiEnvironment> {
  return new Hono<ApiEnvironment>();
}

export function isJsonAsked(context: ApiContext): boolean {
  return /\bapplication\/json\b/i.test(context.req.header("accept") ?? "");
}

/** Responds with JSON on request, otherwise with XML: a document of one element in place of the real one. */
export function respond(context: ApiContext, element: string, body: object): Response {
  return isJsonAsked(context) ? context.json(body) : respondWithXml(context, "application/xml", element);
}

export function respondWithXml(context: ApiContext, mediaType: string, element: string): Response {
  return context.body(`<?xml version="1.0"?>\n<${element}/>\n`, 200, { "content-type": mediaType });
}

/** Returns the body; throws if it is not an object. */
export async function readBody(context: ApiContext): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(context.req.header("content-type") ?? "")) throw badRequest("Malformed XML");
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw badRequest("Malformed JSON");
  return body as Record<string, unknown>;
}

/** Comma-separated names of a parameter. */
export function splitNames(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** `onlyCurrent`, which is true by default. */
export function readOnlyCurrent(context: ApiContext): boolean {
  return !/^(false|0)$/i.test(context.req.query("onlyCurrent") ?? "");
}

export function demandFewFields(names: readonly string[]): void {
  if (names.length > 400) throw badRequest("The maximum number of fields is 400");
}
