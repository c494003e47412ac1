import { addressAsId } from "./address-as-id.ts";
import { alwaysOk } from "./always-ok.ts";
import { asksForEachUser } from "./asks-for-each-user.ts";
import { blamesItself } from "./blames-itself.ts";
import { createsTwice } from "./creates-twice.ts";
import { cutsRefsOff } from "./cuts-refs-off.ts";
import { doesNothing } from "./does-nothing.ts";
import { dropsInactiveUsers } from "./drops-inactive-users.ts";
import { endsAtBrokenJson } from "./ends-at-broken-json.ts";
import { endsAtEmptyPages } from "./ends-at-empty-pages.ts";
import { endsAtKnownRows } from "./ends-at-known-rows.ts";
import { forgetsTeamsInDeltas } from "./forgets-teams-in-deltas.ts";
import { givesSeatsAtCreation } from "./gives-seats-at-creation.ts";
import { givesUpAtLimits } from "./gives-up-at-limits.ts";
import { givesUpReadingAtLimits } from "./gives-up-reading-at-limits.ts";
import { goesOnAfterStop } from "./goes-on-after-stop.ts";
import { hopesForBest } from "./hopes-for-best.ts";
import { hurriesAfterLimits } from "./hurries-after-limits.ts";
import { idsChange } from "./ids-change.ts";
import { invitesAgain } from "./invites-again.ts";
import { keepsLists } from "./keeps-lists.ts";
import { knowsTooMuch } from "./knows-too-much.ts";
import { leavesTimerRunning } from "./leaves-timer-running.ts";
import { missesChanges } from "./misses-changes.ts";
import { missesNobody } from "./misses-nobody.ts";
import { namelessAccounts } from "./nameless-accounts.ts";
import { needsSomebody } from "./needs-somebody.ts";
import { onlyAdds } from "./only-adds.ts";
import { pagesForEver } from "./pages-for-ever.ts";
import { passesOverUsers } from "./passes-over-users.ts";
import { readsFirstMembers } from "./reads-first-members.ts";
import { readsLoginPage } from "./reads-login-page.ts";
import { readsNullLiterally } from "./reads-null-literally.ts";
import { refsByName } from "./refs-by-name.ts";
import { repeatsCreation } from "./repeats-creation.ts";
import { rowsComeTwice } from "./rows-come-twice.ts";
import { skipsForbiddenTeams } from "./skips-forbidden-teams.ts";
import { skipsLostTeams } from "./skips-lost-teams.ts";
import { skipsRefusedTeams } from "./skips-refused-teams.ts";
import { suspendsBystanders } from "./suspends-bystanders.ts";
import { suspendsByTeams } from "./suspends-by-teams.ts";
import { swallowsErrors } from "./swallows-errors.ts";
import { swallowsResets } from "./swallows-resets.ts";
import { leaksSession } from "./leaks-session.ts";
import { leaksToken } from "./leaks-token.ts";
import { leaksTokenInHex } from "./leaks-token-in-hex.ts";
import { leaksPartOfToken } from "./leaks-part-of-token.ts";
import { trustsEmptySuccesses } from "./trusts-empty-successes.ts";
import { trustsShortLists } from "./trusts-short-lists.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenConnectors: readonly BrokenConnector[] = [
  addressAsId,
  alwaysOk,
  asksForEachUser,
  blamesItself,
  createsTwice,
  cutsRefsOff,
  doesNothing,
  dropsInactiveUsers,
  endsAtBrokenJson,
  endsAtEmptyPages,
  endsAtKnownRows,
  forgetsTeamsInDeltas,
  givesSeatsAtCreation,
  givesUpAtLimits,
  givesUpReadingAtLimits,
  goesOnAfterStop,
  hopesForBest,
  hurriesAfterLimits,
  idsChange,
  invitesAgain,
  keepsLists,
  knowsTooMuch,
  leavesTimerRunning,
  missesChanges,
  missesNobody,
  namelessAccounts,
  needsSomebody,
  onlyAdds,
  pagesForEver,
  passesOverUsers,
  readsFirstMembers,
  readsLoginPage,
  readsNullLiterally,
  refsByName,
  repeatsCreation,
  rowsComeTwice,
  skipsForbiddenTeams,
  skipsLostTeams,
  skipsRefusedTeams,
  suspendsBystanders,
  suspendsByTeams,
  swallowsErrors,
  swallowsResets,
  leaksSession,
  leaksToken,
  leaksTokenInHex,
  leaksPartOfToken,
  trustsEmptySuccesses,
  trustsShortLists,
];
