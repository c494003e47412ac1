export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with a slash; may have a query. Build a path with ids by `urlPath`. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON; `URLSearchParams` are sent as a form. */
  body?: unknown;
  /** Whether the request may be sent twice. True by default for GET, PUT and DELETE; set it for a POST that only reads. */
  isIdempotent?: boolean;
  signal?: AbortSignal;
}

export interface HttpResponse<Body> {
  body: Body;
  headers: Headers;
}

/** The items of a list, and the rest of the response. */
export interface HttpList<Item, Body> extends HttpResponse<Body> {
  items: Item[];
}

export interface Http {
  /**
   * Sends a request and returns the parsed JSON body, `undefined` if it is empty.
   *
   * @throws UpstreamError if the system refused, failed or could not be reached, after the retries that are safe.
   */
  request<T = void>(request: HttpRequest): Promise<T>;
  /** Like `request`, with the headers of the response, such as the `Location` of a created resource. */
  requestWithHeaders<T = void>(request: HttpRequest): Promise<HttpResponse<T>>;
  /**
   * Reads a list: the body itself, or the field `key` of the body.
   *
   * @throws UpstreamError, final, if that is not an array: another shape would read as an empty list.
   */
  list<Item, Body = unknown>(request: HttpRequest, key?: string): Promise<HttpList<Item, Body>>;
}
