import { metrics, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from "@opentelemetry/api";

/** The scope of all spans and metrics. Nothing is recorded unless the process has set up an OpenTelemetry SDK. */
const SCOPE = "@bridgekit/core";

/**
 * Runs `work` in a span and returns its result. A failure is recorded by the code or class of its error, never by its
 * message, which may quote a system.
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

// Looked up at each use: an SDK may be set up later, and returns the same instrument for the same name.
const meter = () => metrics.getMeter(SCOPE);

export function count(name: string, description: string, number: number, attributes: Attributes): void {
  meter().createCounter(name, { description }).add(number, attributes);
}

/** Records the time since `start`, a value of `performance.now()`. */
export function measure(name: string, description: string, start: number, attributes: Attributes): void {
  const histogram = meter().createHistogram(name, { description, unit: "s" });
  histogram.record((performance.now() - start) / 1000, attributes);
}

/** Returns the code of one of our errors, otherwise the class. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
