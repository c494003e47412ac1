import { expect, test } from "vitest";
import { configSchema } from "../src/config/config-schema.ts";
import { createSchedule } from "../src/run/schedule.ts";

const connector = { resourceTypes: {}, sync: {} };
const NOW = new Date("2026-03-01T12:00:00");

/** The schedules of apps `app0`, `app1`, ..., the first with its own `run`. */
function schedules(run: object, { count = 1, own = {} }: { count?: number; own?: object } = {}) {
  const apps = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`app${n}`, { connector, config: {}, ...(n === 0 && { run: own }) }]),
  );
  const config = configSchema.parse({ apps, run });
  return Object.keys(apps).map((key) => createSchedule(config, key));
}

const secondsAfter = (date: Date, start = NOW) => (date.getTime() - start.getTime()) / 1000;

test("a single app is synced at once, then after its interval", () => {
  const [schedule] = schedules({ syncEverySeconds: 600 });
  expect(schedule!.first(NOW)).toEqual(NOW);
  expect(secondsAfter(schedule!.next(NOW))).toBeGreaterThanOrEqual(570);
  expect(secondsAfter(schedule!.next(NOW))).toBeLessThanOrEqual(630);
});

test("the first syncs of many apps are spread, the same way after each restart", () => {
  const seconds = (run: object) => schedules(run, { count: 50 }).map(({ first }) => secondsAfter(first(NOW)));
  const spread = seconds({ syncEverySeconds: 3600 });
  expect(new Set(spread).size).toBe(50);
  expect(Math.max(...spread)).toBeLessThanOrEqual(98);
  expect(Math.max(...spread)).toBeGreaterThan(60);
  expect(seconds({ syncEverySeconds: 3600 })).toEqual(spread);
  expect(Math.max(...seconds({ syncEverySeconds: 10 }))).toBeLessThanOrEqual(10);
});

test("the own interval of an app among others with a cron expression is what its schedule says", () => {
  const text = (own: object) => schedules({ syncCron: "0 3 * * *" }, { own })[0]!.text;
  expect([text({}), text({ syncEverySeconds: 600 })]).toEqual(["cron 0 3 * * *", "every 600 s"]);
});

test("a cron expression sets the time, and the apps start a little apart", () => {
  const all = schedules({ syncCron: "0 3 * * *" }, { count: 20 });
  const three = new Date("2026-03-02T03:00:00");
  const seconds = all.map(({ first }) => secondsAfter(first(NOW), three));
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(30);
  expect(new Set(seconds).size).toBe(20);
  // A sync that started and ended within the spread is not due again on the same day.
  const [schedule] = all;
  expect(secondsAfter(schedule!.next(schedule!.first(NOW)), new Date("2026-03-03T03:00:00"))).toBeLessThan(31);
});

test("an app's own rhythm replaces the common one", () => {
  const [own, other] = schedules({ syncEverySeconds: 3600 }, { count: 2, own: { syncCron: "30 4 * * *" } });
  expect(own!.first(NOW).getHours()).toBe(4);
  expect(secondsAfter(other!.next(NOW))).toBeGreaterThan(3000);
  const [often] = schedules({ syncCron: "0 3 * * *" }, { count: 2, own: { syncEverySeconds: 60 } });
  expect(secondsAfter(often!.next(NOW))).toBeLessThan(70);
});

test.each([
  { run: { syncCron: "every night" }, says: "must be a cron expression" },
  { run: { syncCron: "0 0 30 2 *" }, says: "must be a cron expression" },
  { run: { syncCron: "0 3 * * *", syncEverySeconds: 60 }, says: "has both syncEverySeconds and syncCron" },
])("$run is refused", ({ run, says }) => {
  expect(() => schedules(run)).toThrow(says);
  expect(() => schedules({}, { own: run })).toThrow(says);
});
