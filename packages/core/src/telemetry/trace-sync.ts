import { count, errorType, measure, traced } from "./trace.ts";

interface TracedSync {
  appId: string;
  connection: { connector: { name: string } };
  onProgress?: (progress: { slug: string; pushed: number }) => void;
}

/** Traces a sync, with an event for each page that the Bridge has, and counts it by how it ended. */
export function traceSync<Options extends TracedSync, Result extends { syncId: string; status: string }>(
  options: Options,
  runSync: (options: Options) => Promise<Result>,
): Promise<Result> {
  const attributes = { "bridge.app.id": options.appId, "bridge.connector": options.connection.connector.name };
  const start = performance.now();
  const counted = new Map<string, number>();
  const end = (status: string) => {
    const labels = { ...attributes, "bridge.sync.status": status };
    count("bridge.syncs", "Syncs, by how they ended.", 1, labels);
    measure("bridge.sync.duration", "Duration of syncs.", start, labels);
    return labels;
  };
  return traced("bridge.sync", { attributes }, async (span) => {
    const onProgress = (progress: { slug: string; pushed: number }) => {
      const { slug, pushed } = progress;
      span.addEvent("page", { "bridge.slug": slug, "bridge.records": pushed });
      const more = pushed - (counted.get(slug) ?? 0);
      counted.set(slug, pushed);
      count("bridge.records.pushed", "Records pushed to the Bridge.", more, { ...attributes, "bridge.slug": slug });
      options.onProgress?.(progress);
    };
    try {
      const result = await runSync({ ...options, onProgress });
      span.setAttributes({ ...end(result.status), "bridge.sync.id": result.syncId });
      return result;
    } catch (error) {
      span.setAttributes(end(errorType(error)));
      throw error;
    }
  });
}

/** Traces the reading and pushing of one resource type, as part of its sync. */
export function traceStream<T>(slug: string, work: () => Promise<T>): Promise<T> {
  return traced("bridge.stream", { attributes: { "bridge.slug": slug } }, work);
}
