import { afterEach, expect } from "vitest";
import { createBambooSandbox, type BambooSandbox, type BambooSandboxOptions } from "../../../sandbox/index.ts";
import { descriptions } from "./vendor-specs.ts";

export const API_KEY = "bamboo-canary-key";

const opened: { bamboo: BambooSandbox; isClientWrong: boolean }[] = [];
// After every test: responses match BambooHR's description, and so do requests unless the test sends wrong ones.
afterEach(() => {
  for (const { bamboo, isClientWrong } of opened.splice(0))
    if (isClientWrong) expect(bamboo.violations.filter(({ side }) => side === "response")).toEqual([]);
    else bamboo.assertNoViolations();
});

/** Opens a BambooHR sandbox that is checked against BambooHR's description; for a wrong client only the responses are. */
export function openBamboo({
  isClientWrong = false,
  ...options
}: BambooSandboxOptions & { isClientWrong?: boolean } = {}): BambooSandbox {
  const bamboo = createBambooSandbox({ seed: { employees: 60 }, apiKey: API_KEY, descriptions, ...options });
  opened.push({ bamboo, isClientWrong });
  return bamboo;
}

export interface CallOptions {
  method?: "GET" | "POST" | "DELETE";
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface CallResponse {
  status: number;
  headers: Headers;
  /** Parsed if it is JSON. */
  body: any;
  /** What BambooHR says of an error. */
  message: string | null;
}

/** One call with the key; a path without `/api` is below `/api/v1`. */
export async function call(
  bamboo: BambooSandbox,
  path: string,
  { body, method = body === undefined ? "GET" : "POST", query = {}, headers = {} }: CallOptions = {},
): Promise<CallResponse> {
  const url = new URL(path.startsWith("/api") ? path : `/api/v1${path}`, "https://acme.bamboohr.com");
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await bamboo.fetch(url, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${API_KEY}:x`)}`,
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
    message: response.headers.get("x-bamboohr-error-message"),
  };
}

/** Everybody, page by page as a client goes; `between` happens after each page. */
export async function listAll(
  bamboo: BambooSandbox,
  query: Record<string, string> = {},
  between: () => void = () => {},
): Promise<any[]> {
  const people: any[] = [];
  let after: string | null = null;
  do {
    const page: CallResponse = await call(bamboo, "/employees", {
      query: { ...query, ...(after !== null && { "page[after]": after }) },
    });
    if (page.status !== 200) throw new Error(`A page failed with ${page.status}: ${JSON.stringify(page.body)}`);
    people.push(...page.body.data);
    after = page.body.meta.page.nextCursor;
    between();
  } while (after !== null);
  return people;
}

/** A clock that stands still until it is advanced. */
export function createClock(start = "2026-07-01T12:00:00Z") {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    advance: (seconds: number) => void (at += seconds * 1000),
  };
}
