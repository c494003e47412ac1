import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { createTestBridge } from "../src/testing.ts";
import { buildValidRequests } from "./support/openapi/build-valid-request.ts";
import { checkResponse, type WireResponse } from "./support/openapi/check-response.ts";
import { mutate, type WireRequest } from "./support/openapi/mutate.ts";
import { operations } from "./support/openapi/operations.ts";
import { Random } from "./support/openapi/random.ts";
import { send } from "./support/openapi/send.ts";
import { shareSettings } from "./support/openapi/share-settings.ts";
import {
  createSettings,
  createWorld,
  describeThings,
  freshen,
  holdAgain,
  type Setting,
  type World,
} from "./support/openapi/world.ts";

/** `BRIDGE_TEST_SEED` for other requests, `BRIDGE_TEST_REQUESTS` for more of them. */
const SEED = Number(process.env["BRIDGE_TEST_SEED"] ?? 1);
const COUNT = Number(process.env["BRIDGE_TEST_REQUESTS"] ?? 5_000);
/** Requests per world, some of which use it up. */
const BATCH = 10;
/** Turns of each operation before the world is created anew. */
const BATCHES = 5;
const MANY_FAULTS = 20;

let bridge: Bridge;
let ours: World;
let foreign: World;
let control: readonly Setting[];
let tryAfterwards: ReturnType<typeof shareSettings>;
const complaints: string[] = [];
beforeAll(async () => {
  const complain = new Writable({
    write(line: Buffer, _encoding, done) {
      complaints.push(line.toString());
      done();
    },
  });
  const logger = pino({ level: "warn" }, complain);
  // In memory: nothing outlives the process.
  bridge = await createTestBridge({ bodyLimitBytes: 100_000, logger });
  ours = await createWorld(bridge);
  control = await createSettings(bridge, ours.api);
  tryAfterwards = shareSettings(bridge, ours.api);
  foreign = await createWorld(bridge, "canary7b1f");
});
afterAll(() => bridge.close());

test("no broken request makes the server fail, reveal too much or respond as the document does not say", async () => {
  const random = new Random(SEED);
  const surroundings = { random, orgSlug: ours.api.slug, foreign: foreign.settings, foreignSlug: foreign.api.slug };
  const before = await describeUntouched();
  const statuses = new Map<string, Map<number, number>>(operations.map(({ id }) => [id, new Map()]));
  const faults: string[] = [];
  let sent = 0;

  while (sent < COUNT && faults.length < MANY_FAULTS) {
    let settings: readonly Setting[] = await createSettings(bridge, ours.api);
    for (const operation of Array.from({ length: BATCHES }, () => operations).flat()) {
      settings = await freshenAll(settings);
      const valid = buildValidRequests(operation, settings);
      const live = buildValidRequests(operation, settings.slice(0, 1));
      for (let index = 0; index < BATCH; index++) {
        const request = mutate(random.pick(random.isOneIn(3) ? valid : live), surroundings);
        const response = await send(bridge, request, random.isOneIn(8) ? ours.byRole.connector.key : ours.api.key);
        sent++;
        count(statuses.get(operation.id), response.status);
        faults.push(
          ...checkResponse(request, response, foreign.secrets).map((fault) => describe(fault, request, response)),
        );
      }
    }
  }
  await bridge.whenReconciled();

  report(sent, statuses);
  expect(faults, `seed ${SEED}`).toEqual([]);
  const isOfGuard = (line: string) => line.includes('"outcome":"held"');
  expect(
    complaints.filter((line) => !isOfGuard(line)),
    `what the server logged, seed ${SEED}`,
  ).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(COUNT);
  // A request that is refused early proves little.
  const shallow = [...statuses].filter(([, counts]) => ![...counts.keys()].some((status) => status < 300));
  expect(shallow, "operations that none of the requests got through to").toEqual([]);
  expect(await describeUntouched(), `seed ${SEED}`).toEqual(before);
  expect({}).not.toHaveProperty("polluted");
}, 3_600_000);

test.each(operations)("$id still works afterwards", async (operation) => {
  const { request, response } = await tryAfterwards(operation, ours.api.key);
  expect(response.status, describe("no success", request, response)).toBeLessThan(300);
  expect(checkResponse(request, response, foreign.secrets)).toEqual([]);
});

async function freshenAll([live, held, ...others]: readonly Setting[]): Promise<readonly Setting[]> {
  const fresh = live && (await freshen(ours.api, live));
  const heldAgain = held && (await holdAgain(ours.api, held));
  if (fresh === undefined || heldAgain === undefined) return createSettings(bridge, ours.api);
  return [fresh, heldAgain, ...others];
}

/** What no request named. */
async function describeUntouched(): Promise<unknown> {
  return {
    control: await describeThings(ours.api, control),
    foreign: await describeThings(foreign.api, foreign.settings),
    foreignApps: (await foreign.api.call("GET", "/apps/")).body,
  };
}

function count(counts: Map<number, number> | undefined, status: number): void {
  counts?.set(status, (counts.get(status) ?? 0) + 1);
}

function describe(fault: string, request: WireRequest, { status, text }: WireResponse): string {
  const { operation, method, address, headers, body, mutations } = request;
  const shown = { [operation.id]: mutations, method, address, headers, body, status, text };
  return `${fault}: ${JSON.stringify(shown, (_, value: unknown) => (typeof value === "string" ? shorten(value) : value))}`;
}

function shorten(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text;
}

function report(sent: number, statuses: ReadonlyMap<string, ReadonlyMap<number, number>>): void {
  const total = new Map<number, number>();
  for (const counts of statuses.values())
    for (const [status, number] of counts) total.set(status, (total.get(status) ?? 0) + number);
  const list = [...total].sort(([a], [b]) => a - b).map(([status, number]) => `${status}: ${number}`);
  console.info(`${sent} bad requests, seed ${SEED}: ${list.join(", ")}`);
}
