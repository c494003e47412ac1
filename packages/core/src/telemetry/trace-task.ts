import { SpanStatusCode } from "@opentelemetry/api";
import { count, measure, traced } from "./trace.ts";

interface TracedTask {
  connector: { name: string };
  task: { id: string; action: string };
}

/** A task in a span; counted by its outcome. Neither tells whose account it is. */
export function traceTask<Outcome extends { status: string; error?: { code: string } | null | undefined }>(
  { connector, task }: TracedTask,
  execute: () => Promise<Outcome>,
): Promise<Outcome> {
  const attributes = { "bridge.connector": connector.name, "bridge.task.action": task.action };
  const start = performance.now();
  return traced("bridge.task", { attributes: { ...attributes, "bridge.task.id": task.id } }, async (span) => {
    const outcome = await execute();
    const code = outcome.error?.code;
    const ended = { "bridge.task.status": outcome.status, ...(code !== undefined && { "error.type": code }) };
    span.setAttributes(ended);
    if (code !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    count("bridge.tasks", "Tasks, by outcome.", 1, { ...attributes, ...ended });
    measure("bridge.task.duration", "Time that a handler took.", start, { ...attributes, ...ended });
    return outcome;
  });
}
