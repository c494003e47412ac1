import { account, DEPARTMENTS, GROUPS, LICENSES } from "../server/people.ts";

interface PeopleList {
  total: number;
  /** Makes a record when it is asked for. */
  at: (index: number) => { id: string; [field: string]: unknown };
}

/** What the system of the bench has, in the order in which it is pushed: accounts as many as wanted, four refs each. */
export function peopleLists(accounts: number): Record<string, PeopleList> {
  return {
    team: { total: GROUPS, at: (index) => ({ id: `g${index}`, name: `Team ${index}` }) },
    department: { total: DEPARTMENTS, at: (index) => ({ id: `d${index}`, name: `Department ${index}` }) },
    license: { total: LICENSES, at: (index) => ({ id: `l${index}`, name: `License ${index}` }) },
    account: { total: accounts, at: account },
  };
}
