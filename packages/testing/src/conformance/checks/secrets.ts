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

/** An answer of a system that repeats what it was sent, keys included. */
function echo(status: number, secrets: Iterable<string>): Fault {
  const text = `You sent ${[...secrets].join(" and ")}.`;
  const body = { name: "echo", message: text, detail: text, error: text, errorMessages: [text], errors: { key: text } };
  return { kind: "answer", status, body };
}

export const secretsAreInNoMessage: Check = {
  name: "the secret is in no message",
  async run(subject) {
    const { secrets } = subject.options;
    if (secrets.length === 0) return failed("name the secrets of the config, or say why it has none (notApplicable)");
    const before = subject.said.length;
    const sent = await provoke(subject);
    // Sessions differ from trial to trial, so those of this check are looked for in what was said in it.
    const leak =
      findIn(subject.said, secrets) ?? findIn(subject.said.slice(before), new Set(sent.flatMap(({ all }) => all)));
    if (leak) return failed(`it says: ${leak}`);
    return passed("errors, logs and reasons of every check, and of a system that repeats what it was sent");
  },
};

/** Has a system repeat what it was sent, at each call of a read and of each action. */
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
    await opened.connection.check().catch((error: Error) => void subject.said.push(describeError(error)));
    for (const { action, scenario } of listScenarios(subject)) {
      const { product, around, connection, rule } = await open();
      const payload = await scenario.payload(product);
      around.fault(rule(status));
      await executeAction(subject, connection, action, { payload });
    }
  }
  return sent;
}

/** The text that shows a secret, with the secret masked. */
function findIn(texts: readonly string[], secrets: Iterable<string>): string | undefined {
  const all = [...secrets];
  for (const text of texts) {
    const secret = findLeak(text, all);
    if (secret !== undefined)
      return text.replaceAll(secret, "[THE SECRET]").replaceAll(secret.slice(0, 8), "[THE SECRET]");
  }
  return undefined;
}
