import { isUpstreamError, TaskError } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import type { JiraProduct } from "../jira-models.ts";

interface Refused {
  accountId?: string;
  /** Whether the change takes a seat of this product. */
  takesSeatOf?: (product: JiraProduct) => boolean;
}

/**
 * What Jira meant by refusing a change of an account: its texts don't tell, so Jira is asked again. Answers the error
 * to throw, which is the refusal itself where nothing better is found out.
 */
export async function explainRefusal(jira: JiraClient, refusal: unknown, refused: Refused): Promise<unknown> {
  if (!isUpstreamError(refusal)) return refusal;
  const { accountId, takesSeatOf } = refused;
  if (refusal.status === 404 && accountId !== undefined) return explainMissing(jira, refusal, accountId);
  if (refusal.status !== 400 && refusal.status !== 409) return refusal;
  const exhausted = takesSeatOf ? await findExhausted(jira, takesSeatOf) : [];
  if (exhausted.length === 0 && !/licen[cs]e|user limit/i.test(refusal.message)) return refusal;
  const seats = exhausted.map(({ name, numberOfSeats }) => `No free seat of ${name}: it has ${numberOfSeats}. `);
  return new TaskError("LICENSE_EXHAUSTED", `${seats.join("")}${refusal.message}`, { cause: refusal });
}

/** A 404 means either that there is no such user or that we may not do this. */
async function explainMissing(jira: JiraClient, refusal: Error, accountId: string): Promise<unknown> {
  try {
    await jira.getUser(accountId);
  } catch (error) {
    return isUpstreamError(error) && error.code === "ACCOUNT_NOT_FOUND" ? error : refusal;
  }
  return new TaskError(
    "PERMISSION_DENIED",
    `${refusal.message}. User ${accountId} exists, so the API token's user is not allowed to change it: ` +
      "groups need site administration, project roles Administer Projects or Administer Jira.",
    { cause: refusal },
  );
}

async function findExhausted(jira: JiraClient, takesSeatOf: (product: JiraProduct) => boolean): Promise<JiraProduct[]> {
  try {
    const products = await jira.products();
    return products.filter(
      (product) => takesSeatOf(product) && !product.hasUnlimitedSeats && (product.remainingSeats ?? 1) <= 0,
    );
  } catch {
    // Nothing found out; the refusal itself is what there is to tell.
    return [];
  }
}
