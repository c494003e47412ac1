import { describeError, readEverything } from "../read-everything.ts";
import { failed, passed } from "../check.ts";
import { when, type Fault, type FaultRule } from "@bridgekit/sandbox";
import { findLeak, type Credentials } from "../credentials.ts";
import { choosePositions, MAX_FAULT_POSITIONS } from "../positions.ts";
import { executeAction } from "../actions/execute-action.ts";
import { listScenarios } from "../actions/declared-actions.ts";
import type { Subject } from "../subject.ts";
import type { Check } from "../check.ts";

const STATUSES = [400, 401, 403, 404, 409, 422, 500];

/** A response that repeats what the system was sent, including keys. */
function echo(status: number, secrets: Iterable<string>): Fault {
  const text = `You sent ${[...secrets].join(" and ")}.`;
  const body = { name: "echo", message: text, detail: text, error: text, errorMessages: [text], errors: { key: text } };
  return { kind: "response", status, body };
}

export const secretsAreInNoMessage: Check = {
  name: "no message shows a secret",
  async run(subject) {
    const { secrets } = subject.options;
    if (secrets.length === 0) return failed("list the secrets of the config, or say why it has none (notApplicable)");
    const before = subject.messages.length;
    const sent = await provoke(subject);
    // Sessions differ between connections, so those of this check are only searched for in its own messages.
    const leak =
      findIn(subject.messages, secrets) ??
      findIn(subject.messages.slice(before), new Set(sent.flatMap(({ all }) => all)));
    if (leak) return failed(`a message shows it: ${leak}`);
    return passed("errors, logs and reasons of every check, also from a system that repeats what it was sent");
  },
};

/** Lets the system repeat what it was sent, at each call of a read and of each action. */
async function provoke(subject: Subject): Promise<Credentials[]> {
  const { secrets } = subject.options;
  const sent: Credentials[] = [];
  const open = async () => {
    const opened = await subject.open();
    sent.push(opened.credentials);
    const rule =
      (status: number): FaultRule =>
      () =>
        echo(status, new Set([...secrets, ...opened.credentials.all]));
    return { ...opened, rule };
  };
  const { calls } = await subject.goodRead();
  for (const nth of choosePositions(calls, MAX_FAULT_POSITIONS)) {
    const opened = await open();
    const repeat = opened.rule(400);
    const isTurn = when({ nth }, { kind: "reset" });
    await readEverything(subject, opened, { rule: (call) => isTurn(call) && repeat(call) });
  }
  for (const status of STATUSES) {
    const opened = await open();
    await readEverything(subject, opened, { rule: opened.rule(status) });
    await opened.connection.check().catch((error: Error) => void subject.messages.push(describeError(error)));
    for (const { action, scenario } of listScenarios(subject)) {
      const { product, around, connection, rule } = await open();
      const payload = await scenario.payload(product);
      around.fault(rule(status));
      await executeAction(subject, connection, action, { payload });
    }
  }
  return sent;
}

/** Returns the text that shows a secret, with the secret masked. */
function findIn(texts: readonly string[], secrets: Iterable<string>): string | undefined {
  const all = [...secrets];
  for (const text of texts) {
    const secret = findLeak(text, all);
    if (secret !== undefined)
      return text.replaceAll(secret, "[THE SECRET]").replaceAll(secret.slice(0, 8), "[THE SECRET]");
  }
  return undefined;
}
