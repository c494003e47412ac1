import type { RefChange } from "@bridgekit/client";
import { failed, passed, type Finding } from "../check.ts";
import { byId, type Truth } from "../truth.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome } from "./execute-action.ts";

/**
 * Each kind of ref is given to the scenario's account and taken away again, whatever the scenario itself does: what the
 * connector says completed must be so, and what it can't do it must refuse by an error that says why.
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
        if (!outcome.isExplained) return failed(`${what}: it ${describeOutcome(outcome)}, which no TaskError says`);
        refused.push(`${slug} ${side}`);
      } else if (holds(slug, id) !== isDue)
        return failed(`${what}: it says completed, and the product does not show it`);
      else done.push(`${slug} ${side}`);
    }
  }
  if (done.length === 0) return failed(`it did nothing of what it was asked for; it refused ${refused.join(", ")}`);
  return passed(`${done.join(", ")}${refused.length > 0 ? `; refuses ${refused.join(", ")}` : ""}`);
}

/** A group or license that the account lacks; one that others have, if there is one. */
function findFree(truth: Truth, slug: string, accountSlug: string, accountId: string): string | undefined {
  const accounts = truth[accountSlug] ?? [];
  const own = new Set(byId(accounts).get(accountId)?.refs?.[slug]);
  const held = accounts.flatMap(({ refs }) => refs?.[slug] ?? []).find((id) => !own.has(id));
  return held ?? truth[slug]?.find(({ id }) => !own.has(id))?.id;
}
