import { metrics, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from "@opentelemetry/api";

/** The name under which everything is told here; to nobody, unless the process has set up an OpenTelemetry SDK. */
const SCOPE = "@bridgekit/core";

/**
 * Runs `work` in a span and answers what it answers. A failure is told by the code or the kind of its error, never by
 * its message, which may quote what a system said.
 */
export function traced<T>(
  name: string,
  { attributes, kind = SpanKind.INTERNAL }: { attributes: Attributes; kind?: SpanKind },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return trace.getTracer(SCOPE).startActiveSpan(name, { attributes, kind }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setAttribute("error.type", errorType(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

// Looked up at each use: an SDK may be set up after this is loaded, and gives the same instrument for the same name.
const meter = () => metrics.getMeter(SCOPE);

export function count(name: string, description: string, number: number, attributes: Attributes): void {
  meter().createCounter(name, { description }).add(number, attributes);
}

/** Measures how long something took that began at `start`, in milliseconds of `performance.now()`. */
export function measure(name: string, description: string, start: number, attributes: Attributes): void {
  const histogram = meter().createHistogram(name, { description, unit: "s" });
  histogram.record((performance.now() - start) / 1000, attributes);
}

/** The code of an error of ours, else its kind. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
