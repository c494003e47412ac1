import { randomUUID } from "node:crypto";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Handlers } from "../http/operation.ts";
import { fleetsOf, isLost } from "./fleet-rows.ts";

type Worker = components["schemas"]["Worker"];

/** The workers of fleets, and what people order of them. */
export function createWorkerHandlers({ database, now }: BridgeContext): Pick<Handlers, "listWorkers" | "orderWorkers"> {
  return {
    async listWorkers({ key }) {
      const time = now();
      const fleets = await fleetsOf(database, key.orgId, time).selectAll().execute();
      const workers = fleets.flatMap(({ workers: reported, ordered, reported_at: reportedAt }) =>
        reported.map((worker): Worker => ({
          ...worker,
          state: isLost(reportedAt, time) ? "lost" : worker.state,
          ordered: ordered.find((order) => order.worker === worker.name)?.order ?? null,
          reported_at: reportedAt.toISOString(),
        })),
      );
      return { status: 200, body: { workers: workers.toSorted((one, other) => (one.name < other.name ? -1 : 1)) } };
    },

    async orderWorkers({ key, body: { order, workers: names } }) {
      const wanted = new Set(names);
      return database.transaction().execute(async (transaction) => {
        // In the order of their ids: in another order two transactions would wait for each other.
        const fleets = await transaction
          .selectFrom("fleets")
          .select(["id", "workers", "ordered"])
          .where("org_id", "=", key.orgId)
          .orderBy("id")
          .forUpdate()
          .execute();
        const workers: string[] = [];
        for (const { id, workers: reported, ordered } of fleets) {
          const own = reported
            .filter((worker) => worker.takes_orders && wanted.has(worker.name))
            .map(({ name }) => name);
          if (own.length === 0) continue;
          workers.push(...own);
          const next = [
            ...ordered.filter(({ worker }) => !own.includes(worker)),
            ...own.map((worker) => ({ id: randomUUID(), worker, order })),
          ];
          await transaction
            .updateTable("fleets")
            .set({ ordered: JSON.stringify(next) })
            .where("org_id", "=", key.orgId)
            .where("id", "=", id)
            .execute();
        }
        workers.sort();
        return { status: 200, body: { workers }, details: { before: null, after: { order, workers } } } as const;
      });
    },
  };
}
