import { describeError, readEverything } from "../read-everything.ts";
import { failed, passed } from "../finding.ts";
import { when, type Fault } from "../../sandbox/index.ts";
import { choosePositions, MAX_FAULT_POSITIONS } from "../positions.ts";
import { executeAction } from "../actions/execute-action.ts";
import { listScenarios } from "../actions/scenarios.ts";
import type { Check } from "./check.ts";

const STATUSES = [400, 401, 403, 404, 409, 422, 500];

/** An answer of a system that repeats what it was sent, keys included. */
function echo(status: number, secrets: readonly string[]): Fault {
  const text = `You sent ${secrets.join(" and ")}.`;
  const body = { name: "echo", message: text, detail: text, error: text, errorMessages: [text], errors: { key: text } };
  return { kind: "answer", status, body };
}

export const secretsAreInNoMessage: Check = {
  name: "the secret is in no message",
  async run(subject) {
    const { secrets } = subject.options;
    if (secrets.length === 0) return failed("name the secrets of the config, or say why it has none (notApplicable)");
    const { calls } = await subject.goodRead();
    for (const nth of choosePositions(calls, MAX_FAULT_POSITIONS))
      await readEverything(subject, await subject.open(), { rule: when({ nth }, echo(400, secrets)) });
    for (const status of STATUSES) {
      const rule = () => echo(status, secrets);
      const opened = await subject.open();
      await readEverything(subject, opened, { rule });
      await opened.connection.check().catch((error: Error) => void subject.said.push(describeError(error)));
      for (const { action, scenario } of listScenarios(subject)) {
        const { product, around, connection } = await subject.open();
        const payload = await scenario.payload(product);
        around.fault(rule);
        await executeAction(subject, connection, action, { payload });
      }
    }
    const leak = subject.said.find((text) => secrets.some((secret) => text.includes(secret)));
    const masked = secrets.reduce((text, secret) => text.replaceAll(secret, "[THE SECRET]"), leak ?? "");
    return leak === undefined
      ? passed("errors, logs and reasons of every check, and of a system that repeats what it was sent")
      : failed(`it says: ${masked}`);
  },
};
