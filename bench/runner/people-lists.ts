import { account, DEPARTMENTS, GROUPS, LICENSES } from "../server/people.ts";

interface PeopleList {
  total: number;
  /** Creates a record on demand. */
  at: (index: number) => { id: string; [field: string]: unknown };
}

/** The lists of the bench's system, in push order: any number of accounts, with four refs each. */
export function peopleLists(accounts: number): Record<string, PeopleList> {
  return {
    team: { total: GROUPS, at: (index) => ({ id: `g${index}`, name: `Team ${index}` }) },
    department: { total: DEPARTMENTS, at: (index) => ({ id: `d${index}`, name: `Department ${index}` }) },
    license: { total: LICENSES, at: (index) => ({ id: `l${index}`, name: `License ${index}` }) },
    account: { total: accounts, at: account },
  };
}
