import type { AccountRecord } from "@bridgekit/client";
import { failed, passed } from "../check.ts";
import { readEverything } from "../read-everything.ts";
import type { Check } from "../check.ts";

export const idsAreUnique: Check = {
  name: "ids are unique, and the same in two reads",
  async run(subject) {
    const first = await subject.goodRead();
    if (first.error) return failed(`reading the undisturbed system failed: ${first.error.message}`);
    const second = await readEverything(subject, await subject.open());
    let count = 0;
    for (const [slug, records] of Object.entries(first.records)) {
      const ids = records.map(({ id }) => id);
      const seen = new Set<string>();
      const twice = ids.find((id) => seen.size === seen.add(id).size);
      if (twice !== undefined && !records.some((record) => "continues" in record))
        return failed(`${slug} "${twice}" came twice in one read`);
      const again = new Set(second.records[slug]?.map(({ id }) => id));
      const lost = ids.find((id) => !again.has(id));
      if (lost !== undefined || again.size !== seen.size)
        return failed(`${slug} "${lost ?? "?"}" of one read is not in the next; ids must not change`);
      count += ids.length;
    }
    return passed(`${count} records`);
  },
};

/** Otherwise a change of name would remove the account and create another one, losing all decisions about it. */
export const idsAreNoAddresses: Check = {
  name: "an account's id is not an address that can change",
  async run(subject) {
    const { records } = await subject.goodRead();
    let count = 0;
    for (const [slug, { type }] of Object.entries(subject.connector.resourceTypes)) {
      if (type !== "account") continue;
      for (const { id, email, username } of (records[slug] ?? []) as AccountRecord[]) {
        const isAddress = id.includes("@") && [email, username].some((text) => normalize(text) === normalize(id));
        if (isAddress) return failed(`${slug} "${id}" uses its address as id; use the id that the product assigned`);
        count++;
      }
    }
    return passed(`${count} accounts`);
  },
};

const normalize = (text: string | null | undefined) => text?.trim().toLowerCase();
