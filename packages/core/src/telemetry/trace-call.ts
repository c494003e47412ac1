import { SpanKind } from "@opentelemetry/api";
import { count, errorType, measure, traced } from "./trace.ts";

/**
 * A request to a connected system in a span; each retry is one of its own. Method and host are told, the path is not:
 * it may name an account.
 */
export function traceCall<T>(method: string, baseUrl: string, send: () => Promise<T>): Promise<T> {
  const attributes = { "http.request.method": method, "server.address": new URL(baseUrl).hostname };
  const start = performance.now();
  const end = (labels: Record<string, string>) => {
    count("bridge.upstream.calls", "Requests to connected systems.", 1, labels);
    measure("bridge.upstream.call.duration", "Time from a request to its answer.", start, labels);
  };
  return traced(method, { attributes, kind: SpanKind.CLIENT }, async () => {
    try {
      const answer = await send();
      end(attributes);
      return answer;
    } catch (error) {
      end({ ...attributes, "error.type": errorType(error) });
      throw error;
    }
  });
}
