import type { HttpRequest } from "./request-parts.ts";

export interface Http {
  /**
   * Sends a request when its turn has come, and answers the parsed JSON body (`undefined` for an empty one).
   *
   * @throws UpstreamError where the system refused, failed or could not be reached, after the retries that are safe.
   */
  request<T = void>(request: HttpRequest): Promise<T>;
  /** The same, with the headers of the answer, such as the `Location` of what was created. */
  requestWithHeaders<T = void>(request: HttpRequest): Promise<HttpResponse<T>>;
  /**
   * Reads a list: the body, or what the body has under `key`.
   *
   * @throws UpstreamError that is final where that is no list: an empty page of another form would seem to be the end.
   */
  list<Item, Body = unknown>(request: HttpRequest, key?: string): Promise<HttpList<Item, Body>>;
}

/** A list that came, and the rest of its response. */
export interface HttpList<Item, Body> extends HttpResponse<Body> {
  items: Item[];
}

/** What an answer brought. */
export interface HttpResponse<Body> {
  body: Body;
  headers: Headers;
}
