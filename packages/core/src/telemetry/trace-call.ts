import { SpanKind } from "@opentelemetry/api";
import { count, errorType, measure, traced } from "./trace.ts";

/**
 * Traces a request to a connected system; each retry is a separate span. The path is not recorded, because it may name an
 * account.
 */
export function traceCall<T>(method: string, baseUrl: string, send: () => Promise<T>): Promise<T> {
  const attributes = { "http.request.method": method, "server.address": new URL(baseUrl).hostname };
  const start = performance.now();
  const end = (labels: Record<string, string>) => {
    count("bridge.upstream.calls", "Requests to connected systems.", 1, labels);
    measure("bridge.upstream.call.duration", "Time from a request to its response.", start, labels);
  };
  return traced(method, { attributes, kind: SpanKind.CLIENT }, async () => {
    try {
      const response = await send();
      end(attributes);
      return response;
    } catch (error) {
      end({ ...attributes, "error.type": errorType(error) });
      throw error;
    }
  });
}
