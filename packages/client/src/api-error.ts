const marker = Symbol.for("bridgekit.ApiError");

/** The response was an error status, or did not come from a Bridge. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status of the response. */
  readonly status: number;
  /** The Bridge's explanation, or a description of a response that did not come from a Bridge. */
  readonly detail: string;
  /** Method and path of the call, such as `POST /org/main/api/v1/bridge/apps/`. */
  readonly call: string;
  /** Seconds to wait, if the response has a Retry-After header. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the response came from the Bridge itself (JSON with a `detail`), not from a proxy. */
  readonly isFromBridge: boolean;
  /** `X-Request-Id` of the response, to search the Bridge's log for; undefined if it has none. */
  readonly requestId: string | undefined;
  readonly [marker] = true;

  constructor(
    call: string,
    status: number,
    detail: string,
    retryAfterSeconds?: number,
    isFromBridge = false,
    requestId?: string,
  ) {
    super(`The Bridge returned ${status} to ${call}: ${detail}`);
    this.call = call;
    this.status = status;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.isFromBridge = isFromBridge;
    this.requestId = requestId;
  }
}

/** Recognises an `ApiError`, also of another copy of this package. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && marker in error;
}

const NOT_OFFERED: ReadonlySet<number> = new Set([403, 404, 405]);

/** Whether the Bridge does not offer a call, as one without an extension, or the key may not make it. */
export function isNotOffered(error: unknown): error is ApiError {
  return isApiError(error) && NOT_OFFERED.has(error.status);
}
