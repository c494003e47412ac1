import createFetchClient from "openapi-fetch";
import { ApiError, isApiError } from "./api-error.ts";
import { followPages } from "./follow-pages.ts";
import type { paths } from "./openapi.ts";
import type { PageResult } from "./models.ts";
import { fillPath, isPathSegmentError } from "./path-segment.ts";
import { readError } from "./read-error.ts";
import { UnreachableError } from "./unreachable-error.ts";

export interface ClientOptions {
  /** Base URL of the organisation, such as `https://bridge.example.com/org/acme`. */
  baseUrl: string;
  /** API key, without its scheme; undefined if something else signs the calls in, such as a cookie of the browser. */
  apiKey: string | undefined;
  /** Why the calls of this client that change something are made; the audit trail keeps it for good. */
  reason?: string;
  fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
}

/** Options of a call that creates something. */
export interface CreateOptions extends CallOptions {
  /**
   * Identifies the call, so that repeating it after a lost response creates nothing twice: the same key within 24 hours
   * returns the same response. Defaults to a random UUID; to repeat a call, pass the same key to each attempt.
   */
  idempotencyKey?: string;
}

export interface PageOptions extends CallOptions {
  /** Rows per page; all pages are fetched. */
  pageSize?: number;
}

export function toIdempotencyHeader({ idempotencyKey = crypto.randomUUID() }: CreateOptions): {
  "Idempotency-Key": string;
} {
  return { "Idempotency-Key": idempotencyKey };
}

/** The extensions of the published protocol that a response announces. */
export function readExtensions({ headers }: Response): readonly string[] {
  const announced = headers.get("x-bridge-extensions") ?? "";
  return announced.split(",").map((name) => name.trim());
}

export type Caller = ReturnType<typeof createCaller>;

/** Makes the calls of all client functions: adds the key and throws errors. */
export function createCaller({ baseUrl, apiKey, reason, fetch = globalThis.fetch }: ClientOptions) {
  const base = baseUrl.replace(/\/+$/, "");
  const accept = { accept: "application/json" };
  const headers = apiKey === undefined ? accept : { authorization: `Api-Key ${apiKey}`, ...accept };
  const api = createFetchClient<paths>({
    baseUrl: base,
    headers,
    fetch: (request) => fetch(request),
    pathSerializer: fillPath,
  });
  api.use({
    onRequest({ request }) {
      if (reason !== undefined && request.method !== "GET")
        request.headers.set("x-bridge-reason", encodeURIComponent(reason));
      return undefined;
    },
    async onResponse({ request, response }) {
      if (!response.ok) throw await readError(request, response);
      return undefined;
    },
  });

  /** Fetches a link that the Bridge returned; never sends the key to another host. */
  async function getLink(link: string, { signal }: CallOptions): Promise<unknown> {
    const url = new URL(link, `${base}/`);
    // Behind a proxy the Bridge may not know its public address, so only path and query of the link are used.
    const own = new URL(base);
    url.protocol = own.protocol;
    url.host = own.host;
    const request = new Request(url, { headers, ...(signal && { signal }) });
    return reach(async () => {
      const response = await fetch(request);
      if (!response.ok) throw await readError(request, response);
      return response.json();
    });
  }

  /** Pushes a page that is already JSON: the most frequent call, so it does without a Request. */
  async function pushBody(
    appId: string,
    syncId: string,
    slug: string,
    json: string,
    { signal }: CallOptions = {},
  ): Promise<PageResult> {
    const path: keyof paths = "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/{slug}/";
    const url = `${base}${fillPath(path, { app_id: appId, sync_id: syncId, slug })}`;
    const init = { method: "PUT", headers: { ...headers, "content-type": "application/json" }, body: json };
    return reach(async () => {
      const response = await fetch(url, signal ? { ...init, signal } : init);
      if (!response.ok) throw await readError(new Request(url, { method: "PUT" }), response);
      return response.json() as Promise<PageResult>;
    });
  }

  async function openEvents(lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
    const accept = { accept: "text/event-stream", ...(lastEventId !== undefined && { "last-event-id": lastEventId }) };
    const request = new Request(`${base}/api/v1/bridge/events/`, { headers: { ...headers, ...accept }, signal });
    return reach(async () => {
      const response = await fetch(request);
      if (!response.ok) throw await readError(request, response);
      return response;
    });
  }

  async function reach<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isApiError(error) || isPathSegmentError(error)) throw error;
      if (error instanceof Error && error.name === "AbortError") throw error;
      throw new UnreachableError(base, error);
    }
  }

  /**
   * Makes a call where only its success matters; `parseAs` is `text`. Returns the body, which may be empty. Throws if it is
   * HTML, which only a proxy returns.
   */
  function done(call: () => Promise<{ data?: string; response: Response }>): Promise<string> {
    return reach(async () => {
      const { data = "", response } = await call();
      if (response.headers.get("content-type")?.includes("html"))
        throw new TypeError("it returned an HTML page; does a proxy ask to sign in?");
      return data;
    });
  }

  async function unwrap<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
    const { data, response } = await reach(() => call);
    if (data === undefined) throw new ApiError(response.url, response.status, "the response has no body");
    return data;
  }

  /** Yields the rows of all pages, found under the first of `names` that is present. */
  function list<Row>(
    first: () => Promise<{ data?: unknown; response: Response }>,
    names: readonly string[],
    options: CallOptions,
  ): AsyncGenerator<Row> {
    return followPages(
      () => unwrap(first()),
      (link) => getLink(link, options),
      names,
    );
  }

  return { base, api, done, unwrap, list, pushBody, openEvents };
}
