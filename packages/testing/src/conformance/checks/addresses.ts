import type { AccountRecord } from "@bridgekit/client";
import { failed, passed } from "../finding.ts";
import type { Check } from "./check.ts";

/** Whoever marries would be removed and created anew, with everything that was decided about them lost. */
export const idsAreNoAddresses: Check = {
  name: "an account's id is not the address that a person may change",
  async run(subject) {
    const { records } = await subject.goodRead();
    let count = 0;
    for (const [slug, { type }] of Object.entries(subject.connector.resourceTypes)) {
      if (type !== "account") continue;
      for (const { id, email, username } of (records[slug] ?? []) as AccountRecord[]) {
        const isAddress = id.includes("@") && [email, username].some((text) => normalize(text) === normalize(id));
        if (isAddress) return failed(`${slug} "${id}" has its address for an id; use the id that the product gave it`);
        count++;
      }
    }
    return passed(`${count} accounts`);
  },
};

const normalize = (text: string | null | undefined) => text?.trim().toLowerCase();
