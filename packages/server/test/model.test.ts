import { expect, inject, test } from "vitest";
import { checkModel, describeModel } from "./model/check-model.ts";

test("whatever clients do, the Bridge answers as the protocol says, on PGlite and on PostgreSQL", async () => {
  const result = await checkModel({ places: inject("databasePlaces"), sequences: 400 });
  if (result.failure !== undefined) throw new Error(describeModel(result));
  console.log(describeModel(result));
  expect(result.sequences).toBeGreaterThanOrEqual(400);
  expect([...result.events].filter(([, count]) => count === 0)).toEqual([]);
}, 3_600_000);
