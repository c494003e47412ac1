import type { RefChange } from "@bridgekit/client";
import { failed, passed, type Finding } from "../check.ts";
import { byId, type Truth } from "../truth.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome } from "./execute-action.ts";

/**
 * Adds and removes a ref of each type, whatever the scenario does: a completed task must have done it, and what the
 * connector cannot do it must refuse with an error that says why.
 */
export async function addsAndRemoves({ open, subject }: ActionTrial): Promise<Finding> {
  const { truth } = subject.options;
  const { product, payload, toPayload, execute } = await open();
  const { account } = payload;
  const accountSlug = Object.entries(subject.connector.resourceTypes).find(([, { type }]) => type === "account")![0];
  const holds = (slug: string, id: string) =>
    byId(truth(product)[accountSlug] ?? [])
      .get(account.id)
      ?.refs?.[slug]?.includes(id) === true;
  const refused: string[] = [];
  const done: string[] = [];

  for (const [slug, { type }] of Object.entries(subject.connector.resourceTypes)) {
    if (type === "account") continue;
    const id = payload.changes?.[slug]?.added?.[0]?.id ?? findFree(truth(product), slug, accountSlug, account.id);
    if (id === undefined) continue;
    for (const [side, isDue] of [
      ["added", true],
      ["removed", false],
    ] as const) {
      if (holds(slug, id) === isDue) continue;
      const change: RefChange = { [side]: [{ id }] };
      const outcome = await execute({ payload: await toPayload({ account, changes: { [slug]: change } }) });
      const what = `${slug} "${id}" ${side}`;
      if (outcome.status === "failed") {
        if (!outcome.isExplained) return failed(`${what}: it ${describeOutcome(outcome)}, not with a TaskError`);
        refused.push(`${slug} ${side}`);
      } else if (holds(slug, id) !== isDue) return failed(`${what}: it completed, but the product does not show it`);
      else done.push(`${slug} ${side}`);
    }
  }
  if (done.length === 0) return failed(`it changed nothing; it refused ${refused.join(", ")}`);
  return passed(`${done.join(", ")}${refused.length > 0 ? `; refuses ${refused.join(", ")}` : ""}`);
}

/** Returns a group or license that the account lacks, preferably one that others have. */
function findFree(truth: Truth, slug: string, accountSlug: string, accountId: string): string | undefined {
  const accounts = truth[accountSlug] ?? [];
  const own = new Set(byId(accounts).get(accountId)?.refs?.[slug]);
  const held = accounts.flatMap(({ refs }) => refs?.[slug] ?? []).find((id) => !own.has(id));
  return held ?? truth[slug]?.find(({ id }) => !own.has(id))?.id;
}
