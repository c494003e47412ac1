import type { TaskAction } from "@bridgekit/client";
import { actionCheck } from "./actions/action-check.ts";
import { readsBlanksAlike } from "./actions/blank-values.ts";
import { addsAndRemoves } from "./actions/adds-and-removes.ts";
import { changesNothingElse } from "./actions/changes-nothing-else.ts";
import { isDoneAtAll, isSafeTwice, missesAccount } from "./actions/done.ts";
import { survivesLostResponses } from "./actions/lost-responses.ts";
import { ACTIONS, undeclaredActionsAreRefused } from "./actions/declared-actions.ts";
import { isForbidden, isRateLimited } from "./actions/refusals.ts";
import { stopLeavesNothing } from "./checks/stop-signal.ts";
import { checkReportsAccess } from "./checks/reported-access.ts";
import type { Check } from "./check.ts";
import { deltasAreTrue, editsLoseNobody, secondReadsSeeEdits } from "./checks/edits.ts";
import { emptyPagesLoseNobody } from "./checks/empty-pages.ts";
import { hiddenPartsAreReported } from "./checks/hidden-parts.ts";
import { idsAreNoAddresses, idsAreUnique } from "./checks/ids.ts";
import { blanksAreReadAlike } from "./checks/blank-values.ts";
import { retryAfterIsWaitedFor } from "./checks/rate-limit.ts";
import {
  callsStayInBudget,
  emptySystemIsRead,
  readsTellTheTruth,
  recordsAreValid,
} from "./checks/undisturbed-reads.ts";
import { refsAreNeverTruncated, refsPointAtRecords } from "./checks/refs.ts";
import { secretsAreInNoMessage } from "./checks/secrets.ts";
import { upstreamFaults } from "./checks/upstream-faults.ts";
import { failed, skipped, type Finding } from "./check.ts";
import type { Subject } from "./subject.ts";

/** Everything that must hold for every connector, in the order that finds a mistake soonest. */
export const checks: readonly Check[] = [
  checkReportsAccess,
  recordsAreValid,
  idsAreUnique,
  idsAreNoAddresses,
  readsTellTheTruth,
  refsPointAtRecords,
  refsAreNeverTruncated,
  emptySystemIsRead,
  callsStayInBudget,
  ...upstreamFaults,
  emptyPagesLoseNobody,
  hiddenPartsAreReported,
  secondReadsSeeEdits,
  editsLoseNobody,
  deltasAreTrue,
  blanksAreReadAlike,
  retryAfterIsWaitedFor,
  stopLeavesNothing,
  ...ACTIONS.flatMap(checksOf),
  undeclaredActionsAreRefused,
  // Last, because it searches the messages of all other checks.
  secretsAreInNoMessage,
];

function checksOf(action: TaskAction): Check[] {
  const list = [
    actionCheck(action, "is done", isDoneAtAll),
    actionCheck(action, "changes nothing else", changesNothingElse),
  ];
  if (action === "update_account") list.push(actionCheck(action, "adds and removes each kind of ref", addsAndRemoves));
  list.push(
    actionCheck(action, "reads empty values alike", readsBlanksAlike),
    actionCheck(action, "done twice does no harm", isSafeTwice),
    actionCheck(action, "fails with ACCOUNT_NOT_FOUND for a missing account", missesAccount),
    actionCheck(action, "fails with PERMISSION_DENIED if forbidden", isForbidden),
    actionCheck(action, "waits for a rate limit, then fails with RATE_LIMITED", isRateLimited),
    actionCheck(action, "survives faults before and after the effect", survivesLostResponses),
  );
  return list;
}

/** Runs a check, or skips it if the options say why it does not apply. */
export async function runCheck(subject: Subject, check: Check): Promise<Finding> {
  const reason = subject.options.notApplicable?.[check.name];
  if (reason !== undefined)
    return reason.trim() === "" ? failed("skipped without a reason; give one") : skipped(reason);
  try {
    return await check.run(subject);
  } catch (error) {
    return failed(`the check itself failed: ${(error as Error).stack ?? String(error)}`);
  }
}
