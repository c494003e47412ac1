export const GROUPS = 1000;
export const DEPARTMENTS = 200;
export const LICENSES = 20;
const PAGE_SIZE = 100;

export const TYPES = [
  { slug: "account", name: "Account", type: "account" },
  { slug: "team", name: "Team", type: "group" },
  { slug: "department", name: "Department", type: "group" },
  { slug: "license", name: "License", type: "license" },
] as const;

/** An account with four refs. */
export function account(number: number): { id: string; [field: string]: unknown } {
  return {
    id: `u${String(number).padStart(7, "0")}`,
    email: `person${number}@example.com`,
    username: `person${number}`,
    first_name: `Given${number}`,
    last_name: `Family${number}`,
    display_name: `Given${number} Family${number}`,
    status: "active",
    memberships: {
      team: [{ id: `g${number % GROUPS}` }, { id: `g${(number * 7 + 13) % GROUPS}` }],
      department: [{ id: `d${number % DEPARTMENTS}` }],
    },
    assignments: { license: [{ id: `l${number % LICENSES}` }] },
  };
}

/** Pages of 100 accounts, each as a request body. */
export function* pages(records: number, first = 0): Generator<string> {
  for (let start = first; start < first + records; start += PAGE_SIZE) {
    const count = Math.min(PAGE_SIZE, first + records - start);
    yield JSON.stringify({ records: Array.from({ length: count }, (_, index) => account(start + index)) });
  }
}
