import type { components } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { makeIdempotencyKey, toReasonHeader } from "../../api/read.ts";
import { mergeBatches } from "./target.ts";

type TaskBatch = components["schemas"]["TaskBatch"];

/** Makes the tasks of one request, or shows them. */
export type PostBatch<Target> = (
  target: Target,
  options: { preview: boolean; header: { "Idempotency-Key"?: string; "X-Bridge-Reason"?: string } },
) => Promise<TaskBatch>;

interface Batch {
  /** What would be made; undefined until it is known. */
  preview: TaskBatch | undefined;
  error: Error | null;
  /** `variant` tells apart requests that ask for something else, such as another pace. */
  carryOut: (reason: string, variant?: string) => Promise<TaskBatch>;
}

/** A batch of tasks over one or more requests, first shown, then made. */
export function useBatch<Target>(name: string, targets: readonly Target[], post: PostBatch<Target>): Batch {
  // A second attempt after a lost response makes nothing twice.
  const [key] = useState(makeIdempotencyKey);
  const { data: preview, error } = useQuery({
    queryKey: ["batch", name, targets],
    queryFn: async () =>
      mergeBatches(await Promise.all(targets.map((target) => post(target, { preview: true, header: {} })))),
    gcTime: 0,
  });
  async function carryOut(reason: string, variant = ""): Promise<TaskBatch> {
    const made: TaskBatch[] = [];
    // One after another: if one is refused, those after it are not begun, and a second attempt goes on there.
    for (const [index, target] of targets.entries()) {
      const header = { "Idempotency-Key": `${key}-${variant}-${index}`, ...toReasonHeader(reason) };
      made.push(await post(target, { preview: false, header }));
    }
    return mergeBatches(made);
  }
  return { preview, error, carryOut };
}
