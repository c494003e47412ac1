import { expect, test } from "vitest";
import { hr } from "../src/index.ts";

test("an unknown system is refused by the names of those that there are", () => {
  // @ts-expect-error there is no such system
  expect(() => hr({ system: "personio" })).toThrow('hr() knows no system "personio"; there are odoo.');
});
