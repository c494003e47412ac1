import { checks, createSubject, runCheck, startBridge, type TestBridge } from "@bridgekit/testing";
import { afterAll, expect, test } from "vitest";
import { reportTrial } from "./trial.ts";

let bridge: Promise<TestBridge> | undefined;
afterAll(async () => (await bridge)?.[Symbol.asyncDispose]());
const subject = createSubject(reportTrial.connector, reportTrial.options, () => (bridge ??= startBridge()));

// What is particular to the report are reads, and creating, which looks for the email in it.
const isTried = (name: string) => !/_(account|password): /.test(name) || name.startsWith("create_account: ");

test.each(checks.filter(({ name }) => isTried(name)))(
  "from a report: $name",
  async (check) => {
    const { status, detail } = await runCheck(subject, check);
    expect(status, detail).not.toBe("failed");
  },
  300_000,
);
