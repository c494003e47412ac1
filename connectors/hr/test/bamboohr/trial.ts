import { defineTrial, type TestConnectorOptions } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { createBambooSandbox, seedBamboo, type BambooSandbox } from "../../sandbox/index.ts";
import { hr } from "../../src/index.ts";

const API_KEY = "bamboo-canary-key";
/** The company is made up once, since the kit opens it for each check. */
const create = (employees: number) => {
  const state = seedBamboo({ employees });
  return () => createBambooSandbox({ apiKey: API_KEY, state });
};

/** Somebody who works there, in a department that is not the one given. */
const ID = "8";
const payloadOfSomeone = () => ({ account: { id: ID } });
const view = (bamboo: BambooSandbox, id: string) => bamboo.company.jobInfo.rowOf(Number(id), bamboo.company.today());
const optionId = (bamboo: BambooSandbox, list: "department" | "division" | "location", name: string) =>
  bamboo.company.optionNamed(list, name)!.id;

const options: TestConnectorOptions<BambooSandbox> = {
  config: { company: "acme", apiKey: API_KEY },
  secrets: [API_KEY, Buffer.from(`${API_KEY}:x`).toString("base64")],
  // Two pages of employees.
  upstream: create(1_100),
  truth({ company }) {
    const day = company.today();
    const { department, division, location } = company.lists;
    const toGroups = (options: readonly { id: number }[]) => options.map(({ id }) => ({ id: String(id) }));
    const toIds = (id: number | null | undefined) => (id === null || id === undefined ? [] : [String(id)]);
    return {
      department: toGroups(department),
      division: toGroups(division),
      location: toGroups(location),
      account: [...company.employees.values()].map(({ id, status }) => {
        const job = company.jobInfo.rowOf(id, day);
        const current = company.employmentStatus.rowOf(id, day)?.employmentStatus;
        const hasLeft = company.option("employmentHistoryStatus", current)?.name === "Terminated";
        return {
          id: String(id),
          status: status === "Inactive" || hasLeft ? ("inactive" as const) : ("active" as const),
          refs: {
            department: toIds(job?.department),
            division: toIds(job?.division),
            location: toIds(job?.location),
          },
        };
      }),
    };
  },
  edits: {
    "somebody is deleted": (bamboo) => bamboo.remove(9),
    "somebody is hired": (bamboo) =>
      void bamboo.hire({
        firstName: "New",
        lastName: "Comer",
        workEmail: "new.comer@example.com",
        department: "Sales",
      }),
    "somebody changes departments": (bamboo) => {
      const isLegal = view(bamboo, "11")?.department === optionId(bamboo, "department", "Legal");
      bamboo.move(11, { department: isLegal ? "Sales" : "Legal" });
    },
  },
  optionalFields: ["workEmail"],
  empty: create(0),
  hidden: {
    "employees who have a login or an employment status": ({ access }) => void access.hiddenEmployeeIds.add(8),
    "email addresses": ({ access }) => void access.hiddenFields.add("workEmail"),
    departments: ({ access }) => void access.hiddenFields.add("department"),
    "employment statuses": ({ access }) => void access.hiddenFields.add("employmentHistoryStatus"),
  },
  manyRefs: { notApplicable: "An employee has one department, one division and one location." },
  budget: {
    calls: 5,
    because:
      "the lists, the employment statuses and the users of all in one call each, and a page for each 1,000 employees",
  },
  missingAccounts: ["999999", "0", "ext-123"],
  // The page is no part of the list.
  listOf: ({ method, path }) => `${method} ${path}`,
  actions: {
    create_account: {
      payload: (bamboo) => ({
        account: { id: "new", email: "new.person@example.com", first_name: "New", last_name: "Person" },
        memberships: {
          department: [{ id: String(optionId(bamboo, "department", "Sales")) }],
          location: [{ id: String(optionId(bamboo, "location", "Osaka")) }],
        },
      }),
      isDone(bamboo, _, result) {
        const created = [...bamboo.company.employees.values()].filter(
          ({ workEmail }) => workEmail === "new.person@example.com",
        );
        const job = created[0] && view(bamboo, String(created[0].id));
        const isRight =
          job?.department === optionId(bamboo, "department", "Sales") &&
          job.location === optionId(bamboo, "location", "Osaka");
        const isReported = result === undefined || result.account?.id === String(created[0]?.id);
        return created.length === 1 && isRight && isReported;
      },
      again: "ACCOUNT_ALREADY_EXISTS",
    },
    update_account: {
      payload: (bamboo) => ({
        account: { id: ID },
        changes: {
          department: { added: [{ id: String(optionId(bamboo, "department", "Legal")) }] },
          division: { removed: [{ id: String(view(bamboo, ID)!.division) }] },
        },
      }),
      isDone: (bamboo) =>
        view(bamboo, ID)?.department === optionId(bamboo, "department", "Legal") && view(bamboo, ID)?.division === null,
    },
    delete_account: {
      payload: payloadOfSomeone,
      isDone({ company }) {
        const terminated = company.employmentStatus
          .rowsOf(Number(ID))
          .filter(
            ({ employmentStatus }) =>
              company.option("employmentHistoryStatus", employmentStatus)?.name === "Terminated",
          );
        return terminated.length === 1;
      },
    },
  },
};

/** How the kit tries BambooHR. */
export const bambooHrTrial = defineTrial(hr({ system: "bamboohr" }), options);

const small = create(60);
const nobody = create(0);

function refuseList(bamboo: BambooSandbox): BambooSandbox {
  bamboo.fault(when({ method: "GET", path: "/api/v1/employees" }, { kind: "response", status: 401 }));
  return bamboo;
}

/** The same with a key to which the list of employees is refused. */
export const reportTrial = defineTrial(hr({ system: "bamboohr" }), {
  ...options,
  upstream: () => refuseList(small()),
  empty: () => refuseList(nobody()),
  budget: { calls: 5, because: "one report of all employees, after the list that is refused" },
});
