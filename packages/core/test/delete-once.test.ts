import { expect, test } from "vitest";
import { z } from "zod";
import { defineConnector, TaskError, UpstreamError } from "../src/index.ts";

/** A connector whose deletes have the given ends, one after another. */
function deleting(...ends: (Error | undefined)[]) {
  let calls = 0;
  const connector = defineConnector({
    name: "club",
    title: "Club",
    config: z.object({}),
    resourceTypes: { account: { type: "account", name: "Member" } },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({ async *account() {} }),
    tasks: {
      async delete_account() {
        const end = ends[calls++];
        if (end) throw end;
      },
    },
  });
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const { signal } = new AbortController();
  const run = (interruptedAt?: Date) =>
    connector.tasks.delete_account!(
      { client: {}, logger, signal, taskId: "1", interruptedAt },
      { account: { id: "u1" } },
    );
  return { run, calls: () => calls };
}

const gone = new TaskError("ACCOUNT_NOT_FOUND", "There is no u1.");
const lost = new UpstreamError("The response was lost", { code: "TIMEOUT", isRetryable: true, effect: "unknown" });
const refused = new UpstreamError("In use", { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });

test("a missing account is an error, unless an execution of the task was interrupted", async () => {
  await expect(deleting(gone).run()).rejects.toThrow("There is no u1.");
  await expect(deleting(gone).run(new Date())).resolves.toBeUndefined();
});

test("a delete whose response was lost is sent again, and a missing account then is its own work", async () => {
  const done = deleting(lost, gone);
  await expect(done.run()).resolves.toBeUndefined();
  expect(done.calls()).toBe(2);
  await expect(deleting(lost, refused).run()).rejects.toThrow("In use");
});

test("a refusal is reported without a second attempt", async () => {
  const { run, calls } = deleting(refused);
  await expect(run(new Date())).rejects.toThrow("In use");
  expect(calls()).toBe(1);
});
