import type { AccountRecord, BridgeClient, GroupRecord, LicenseRecord, PushedRecord } from "@bridgekit/client";

const NAMES = [
  "Ida Roth",
  "Milo Berg",
  "Aiko Tanaka",
  "Noor Haddad",
  "Lena Vogt",
  "Omar Diaz",
  "Priya Nair",
  "Tom Reed",
];
const TEAMS = ["Engineering", "Support", "Sales", "Legal"];

export interface Seeded {
  appId: string;
}

/** The first accounts of a company, with teams and a license. */
export function makeAccounts(count: number): AccountRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const name = NAMES[index % NAMES.length]!;
    const [first = "", last = ""] = name.split(" ");
    const number = Math.floor(index / NAMES.length);
    const id = `${first}.${last}${number || ""}`.toLowerCase();
    return {
      id,
      email: `${id}@example.com`,
      first_name: first,
      last_name: number === 0 ? last : `${last} ${number}`,
      status: "active",
      memberships: { team: [{ id: `t${index % TEAMS.length}`, name: TEAMS[index % TEAMS.length]! }] },
      assignments: { license: index % 2 === 0 ? [{ id: "pro", name: "Pro" }] : [] },
    };
  });
}

/** Makes an app whose connector can suspend and change teams, and syncs these accounts into it. */
export async function seedApp(client: BridgeClient, name: string, accounts: readonly AccountRecord[]): Promise<Seeded> {
  const { id: appId } = await client.createApp({ name });
  await client.createResourceType(appId, { slug: "team", name: "Team", type: "group" });
  await client.createResourceType(appId, { slug: "license", name: "License", type: "license" });
  await client.createResourceType(appId, { slug: "account", name: "User", type: "account" });
  await client.setCapabilities(appId, {
    connector: "hr",
    version: "1.2.0",
    actions: ["update_account", "suspend_account", "unsuspend_account"],
    grantable: ["team"],
    advice: { license: "Order seats from the vendor.", delete_account: "Suspend the account instead." },
  });
  await sync(client, appId, accounts);
  return { appId };
}

/** A complete sync of these accounts; returns the session as it is in the end. */
export async function sync(client: BridgeClient, appId: string, accounts: readonly AccountRecord[]) {
  const teams: GroupRecord[] = TEAMS.map((name, index) => ({ id: `t${index}`, name }));
  const licenses: LicenseRecord[] = [
    { id: "pro", name: "Pro", max_count: 50, used_count: Math.ceil(accounts.length / 2) },
  ];
  const syncId = await client.startSync(appId);
  const push = async (slug: string, records: readonly PushedRecord[]) => {
    for (let start = 0; start < records.length; start += 100)
      await client.pushPage(appId, syncId, slug, records.slice(start, start + 100));
  };
  await push("team", teams);
  await push("license", licenses);
  await push("account", accounts);
  await client.completeSync(appId, syncId);
  for (;;) {
    const session = await client.getSync(appId, syncId);
    if (session.status !== "completing") return session;
  }
}
