/** The part of an error that may be logged. Database drivers attach queries with their parameters, so whole bodies. */
export function toLoggable(error: unknown): {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: object;
} {
  // pg-boss reports copies of errors.
  if (!isErrorLike(error)) return { name: "unknown", message: String(error) };
  return {
    name: error.name ?? "unknown",
    message: error.message,
    ...("code" in error && { code: String(error.code) }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: toLoggable(error.cause) }),
  };
}

function isErrorLike(value: unknown): value is Partial<Error> & Pick<Error, "message"> {
  return typeof (value as { message?: unknown } | null | undefined)?.message === "string";
}
