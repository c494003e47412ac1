import { expect, inject, test } from "vitest";
import { addResult, checkModel, describeModel, type ModelResult } from "./model/check-model.ts";

const SEQUENCES = 100;
const MOST_SEQUENCES = 2_000;

const missing = ({ events }: ModelResult) => [...events].filter(([, count]) => count === 0).map(([event]) => event);

test("whatever clients do, the Bridge responds as the protocol says, on PGlite and on PostgreSQL", async () => {
  const places = inject("databasePlaces");
  let result = await checkModel({ places, sequences: SEQUENCES });
  // Some events are rare: continue until each of them occurred.
  while (result.failure === undefined && missing(result).length > 0 && result.sequences < MOST_SEQUENCES)
    result = addResult(result, await checkModel({ places, sequences: SEQUENCES / 4, seed: result.seed + 1 }));
  if (result.failure !== undefined) throw new Error(describeModel(result));
  console.log(describeModel(result));
  expect(result.sequences).toBeGreaterThanOrEqual(SEQUENCES);
  expect(missing(result)).toEqual([]);
}, 3_600_000);
