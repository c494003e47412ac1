import { defineHrSystem } from "../hr-system.ts";
import { bambooHrConfig } from "./bamboohr-config.ts";
import { changes } from "./changes.ts";
import { checkAccess } from "./check-access.ts";
import { connectBambooHr } from "./connect.ts";
import { readAccounts } from "./read-accounts.ts";
import { readGroups } from "./read-groups.ts";
import { createAccount } from "./tasks/create-account.ts";
import { deleteAccount } from "./tasks/delete-account.ts";
import { updateAccount } from "./tasks/update-account.ts";
import { verifyAccount } from "./verify-account.ts";

const NO_LOGINS =
  "Nothing in BambooHR's API switches a login on or off: an administrator does it in BambooHR, in the access of the person.";

/** BambooHR, through its public API: employees as accounts, with their department, division and location. */
export const bamboohr = defineHrSystem({
  name: "hr",
  title: "HR system (BambooHR)",
  config: bambooHrConfig,

  resourceTypes: {
    department: { type: "group", name: "Department" },
    division: { type: "group", name: "Division" },
    location: { type: "group", name: "Location" },
    account: { type: "account", name: "Employee" },
  },

  connect: (config, { http }) => connectBambooHr(config, http),
  check: ({ client }) => checkAccess(client),

  sync: {
    department: (context) => readGroups(context, "department"),
    division: (context) => readGroups(context, "division"),
    location: (context) => readGroups(context, "location"),
    account: (context) => readAccounts(context),
  },
  changes,

  tasks: {
    create_account: ({ client, interruptedAt }, payload) => createAccount(client.api, payload, interruptedAt),
    update_account: ({ client }, payload) => updateAccount(client.api, payload),
    delete_account: ({ client }, { account }) => deleteAccount(client, account.id),
  },
  verify: ({ client }, payload, action) => verifyAccount(client, payload, action),
  unsupported: {
    suspend_account: `${NO_LOGINS} Whoever has left is ended by delete_account.`,
    unsuspend_account: `${NO_LOGINS} Whoever comes back is given a new employment status there.`,
    reset_password:
      "BambooHR's API has no call for it: people reset their own password on its login page, or in the identity provider " +
      "where one is connected.",
  },
});
