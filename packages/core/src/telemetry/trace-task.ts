import { SpanStatusCode } from "@opentelemetry/api";
import { count, measure, traced } from "./trace.ts";

interface TracedTask {
  connector: { name: string };
  task: { id: string; action: string };
}

interface TracedExecution {
  /** `ended`, or why the outcome is not final. */
  kind: string;
  outcome?: { status: string; error?: { code: string } | null | undefined };
}

/** Traces one execution of a task, and counts it by how it ended. The account is not recorded. */
export function traceTask<Execution extends TracedExecution>(
  { connector, task }: TracedTask,
  execute: () => Promise<Execution>,
): Promise<Execution> {
  const attributes = { "bridge.connector": connector.name, "bridge.task.action": task.action };
  const start = performance.now();
  return traced("bridge.task", { attributes: { ...attributes, "bridge.task.id": task.id } }, async (span) => {
    const execution = await execute();
    const { kind, outcome } = execution;
    const code = outcome?.error?.code;
    const status = kind === "ended" ? outcome?.status : kind;
    const ended = { "bridge.task.status": status, ...(code !== undefined && { "error.type": code }) };
    span.setAttributes(ended);
    if (code !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    count("bridge.tasks", "Executions of tasks, by how they ended.", 1, { ...attributes, ...ended });
    measure("bridge.task.duration", "Duration of handlers.", start, { ...attributes, ...ended });
    return execution;
  });
}
