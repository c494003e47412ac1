/** Calls `fetch`, and gives up where there is no answer in time. The body may take as long as it keeps coming. */
export async function fetchInTime(
  fetch: typeof globalThis.fetch,
  request: Request,
  timeoutSeconds: number,
): Promise<Response> {
  // Not AbortSignal.timeout: its timers would outlive thousands of calls that were answered long ago.
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new Error(`no answer within ${timeoutSeconds} seconds`)),
    timeoutSeconds * 1000,
  );
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, late.signal]) });
  } finally {
    clearTimeout(timer);
  }
}
