const marker = Symbol.for("bridgekit.ApiError");

/** The Bridge answered with an error status, or with something that is no Bridge answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status of the answer. */
  readonly status: number;
  /** What the Bridge says is wrong; for an answer that is not the Bridge's, a description of it. */
  readonly detail: string;
  /** Method and path of the call, such as `POST /org/main/api/v1/bridge/apps/`. */
  readonly call: string;
  /** Seconds that the answer asked to wait, where it did. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the Bridge itself answered: JSON with a `detail`. A proxy's page is no word of the Bridge. */
  readonly isFromBridge: boolean;
  /** `X-Request-Id` of the response, by which the log of the Bridge is searched; undefined if it has none. */
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
    super(`The Bridge answered ${status} to ${call}: ${detail}`);
    this.call = call;
    this.status = status;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.isFromBridge = isFromBridge;
    this.requestId = requestId;
  }
}

/** Recognises an `ApiError` of any copy of this package. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && marker in error;
}
