import { alwaysOk } from "./always-ok.ts";
import { asksForEachUser } from "./asks-for-each-user.ts";
import { blamesItself } from "./blames-itself.ts";
import { createsTwice } from "./creates-twice.ts";
import { cutsRefsOff } from "./cuts-refs-off.ts";
import { doesNothing } from "./does-nothing.ts";
import { dropsInactiveUsers } from "./drops-inactive-users.ts";
import { endsAtBrokenJson } from "./ends-at-broken-json.ts";
import { endsAtKnownRows } from "./ends-at-known-rows.ts";
import { givesUpAtLimits } from "./gives-up-at-limits.ts";
import { givesUpReadingAtLimits } from "./gives-up-reading-at-limits.ts";
import { goesOnAfterStop } from "./goes-on-after-stop.ts";
import { hopesForBest } from "./hopes-for-best.ts";
import { hurriesAfterLimits } from "./hurries-after-limits.ts";
import { idsChange } from "./ids-change.ts";
import { knowsTooMuch } from "./knows-too-much.ts";
import { leavesTimerRunning } from "./leaves-timer-running.ts";
import { missesNobody } from "./misses-nobody.ts";
import { namelessAccounts } from "./nameless-accounts.ts";
import { needsSomebody } from "./needs-somebody.ts";
import { pagesForEver } from "./pages-for-ever.ts";
import { readsFirstMembers } from "./reads-first-members.ts";
import { readsLoginPage } from "./reads-login-page.ts";
import { refsByName } from "./refs-by-name.ts";
import { repeatsCreation } from "./repeats-creation.ts";
import { rowsComeTwice } from "./rows-come-twice.ts";
import { skipsForbiddenTeams } from "./skips-forbidden-teams.ts";
import { swallowsErrors } from "./swallows-errors.ts";
import { swallowsResets } from "./swallows-resets.ts";
import { tellsToken } from "./tells-token.ts";
import { trustsShortLists } from "./trusts-short-lists.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenConnectors: readonly BrokenConnector[] = [
  alwaysOk,
  asksForEachUser,
  blamesItself,
  createsTwice,
  cutsRefsOff,
  doesNothing,
  dropsInactiveUsers,
  endsAtBrokenJson,
  endsAtKnownRows,
  givesUpAtLimits,
  givesUpReadingAtLimits,
  goesOnAfterStop,
  hopesForBest,
  hurriesAfterLimits,
  idsChange,
  knowsTooMuch,
  leavesTimerRunning,
  missesNobody,
  namelessAccounts,
  needsSomebody,
  pagesForEver,
  readsFirstMembers,
  readsLoginPage,
  refsByName,
  repeatsCreation,
  rowsComeTwice,
  skipsForbiddenTeams,
  swallowsErrors,
  swallowsResets,
  tellsToken,
  trustsShortLists,
];
