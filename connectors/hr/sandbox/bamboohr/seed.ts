import { createRandom, DEPARTMENTS, JOBS, seedPeople, type Person, type Random } from "@bridgekit/sandbox";
import { NO_DATE } from "./history.ts";
import type {
  BambooEmployeeRow,
  BambooState,
  BambooUserRow,
  EmploymentStatusRow,
  JobInfoRow,
  OptionRow,
} from "./state.ts";

export interface SeedOptions {
  employees: number;
  /** Part of the addresses, as in `apac.example.com`; another region has other people. */
  region?: string;
  /** 12 by default. */
  departments?: number;
  /** 3 by default. */
  divisions?: number;
  /** 4 by default. */
  locations?: number;
  seed?: number;
}

const DIVISIONS = ["Products", "Services", "Corporate", "Research"];
const LOCATIONS = ["Lisbon", "Nairobi", "Osaka", "Remote", "Toronto", "Zurich"];
const EMPLOYMENT = ["Full-Time", "Part-Time", "Contractor", "Terminated"];
const TERMINATED = 3;

/** The date on which future employees start and people who have given notice leave. */
const FUTURE = { hire: "2099-01-01", termination: "2099-12-31" };

/**
 * Generates a fictional company, always the same for the same options. Every 29th employee has left, every 41st starts in the
 * future, every 53rd has given notice, every 37th has no date of hire, every 19th no work email, every 31st was set inactive
 * by hand, and every 5th has changed departments. One option of each list is archived.
 */
export function seedBamboo({
  employees,
  region = "",
  departments = 12,
  divisions = 3,
  locations = 4,
  seed = 1,
}: SeedOptions): BambooState {
  const random = createRandom(`${seed}/bamboo/${region}`);
  const domain = region === "" ? "example.com" : `${region.toLowerCase()}.example.com`;
  let nextOptionId = 18_000;
  const toOptions = (names: readonly string[], count = names.length) =>
    Array.from({ length: count }, (_, index): OptionRow => {
      const round = Math.floor(index / names.length) + 1;
      const name = names[index % names.length]!;
      return { id: nextOptionId++, name: round === 1 ? name : `${name} ${round}`, isArchived: false };
    });
  const archived = (name: string): OptionRow => ({ id: nextOptionId++, name, isArchived: true });
  const lists = {
    department: [...toOptions(DEPARTMENTS, departments), archived("Mail Room")],
    division: [...toOptions(DIVISIONS, divisions), archived("Print")],
    location: [...toOptions(LOCATIONS, locations), archived("Old Town")],
    jobTitle: [...toOptions(JOBS), archived("Typist")],
    employmentHistoryStatus: [...toOptions(EMPLOYMENT), archived("Apprentice")],
  };
  const state: BambooState = {
    employees: [],
    jobInfo: [],
    employmentStatus: [],
    lists,
    users: [],
    deletions: [],
    nextIds: { employee: employees + 1, row: 1, option: nextOptionId },
  };
  for (const person of seedPeople({ count: employees, domain, random })) addPerson(state, person, random);
  addUser(state, { employeeId: 0, firstName: "Bridge", lastName: "Service", email: `bridge@${domain}`, isGone: false });
  return state;
}

function addPerson(state: BambooState, person: Person, random: Random): void {
  const { number: id, firstName, lastName, email } = person;
  const is = (every: number) => id % every === 0;
  const isFuture = is(41);
  const hasLeft = is(29) && !isFuture;
  const hireDate = isFuture ? FUTURE.hire : is(37) ? null : day(2015, random.below(3650));
  const employee: BambooEmployeeRow = {
    id,
    firstName,
    lastName,
    middleName: is(11) ? "Quinn" : null,
    preferredName: is(13) ? `${firstName.slice(0, 3)}y` : null,
    workEmail: is(19) ? null : email,
    homeEmail: is(3) ? `home.${email}` : null,
    workPhone: `+1 555-01${String(id % 100).padStart(2, "0")}`,
    mobilePhone: null,
    hireDate,
    status: is(31) ? "Inactive" : null,
    insertedAt: moment(random.next()),
    changedAt: "",
  };
  employee.changedAt = employee.insertedAt;
  state.employees.push(employee);
  addJobs(state, employee, random);
  addStatuses(state, employee, { hasLeft, isLeaving: is(53) && !hasLeft && !isFuture, random });
  if (!is(17) && !isFuture) addUser(state, { employeeId: id, firstName, lastName, email, isGone: hasLeft });
}

function addJobs(state: BambooState, { id, hireDate }: BambooEmployeeRow, random: Random): void {
  const { lists } = state;
  const current = (options: readonly OptionRow[]) =>
    options.length > 1 ? options[random.below(options.length - 1)]!.id : null;
  const row: JobInfoRow = {
    id: state.nextIds.row++,
    employeeId: id,
    date: hireDate ?? NO_DATE,
    jobTitle: current(lists.jobTitle),
    department: current(lists.department),
    division: current(lists.division),
    location: current(lists.location),
    reportsTo: id === 1 ? null : Math.max(1, Math.floor(id / 8)),
  };
  state.jobInfo.push(row);
  if (id % 5 === 0 && (hireDate ?? "") < "2025-01-01")
    state.jobInfo.push({ ...row, id: state.nextIds.row++, date: "2026-02-01", department: current(lists.department) });
}

function addStatuses(
  state: BambooState,
  { id, hireDate }: BambooEmployeeRow,
  { hasLeft, isLeaving, random }: { hasLeft: boolean; isLeaving: boolean; random: Random },
): void {
  const options = state.lists.employmentHistoryStatus;
  const add = (date: string, option: number, comment: string | null = null) => {
    const row: EmploymentStatusRow = {
      id: state.nextIds.row++,
      employeeId: id,
      date,
      employmentStatus: options[option]!.id,
      comment,
    };
    state.employmentStatus.push(row);
  };
  add(hireDate ?? NO_DATE, random.below(TERMINATED));
  if (hasLeft) add("2026-03-31", TERMINATED, "Resigned");
  if (isLeaving) add(FUTURE.termination, TERMINATED, "Has given notice");
}

interface Login extends Pick<BambooUserRow, "employeeId" | "firstName" | "lastName" | "email"> {
  isGone: boolean;
}

function addUser(state: BambooState, { isGone, ...login }: Login): void {
  const id = 2370 + state.users.length;
  const lastLogin = id % 4 === 0 ? null : moment((id % 100) / 100);
  state.users.push({ id, ...login, status: isGone ? "disabled" : "enabled", lastLogin });
}

function day(year: number, dayNumber: number): string {
  return new Date(Date.UTC(year, 0, 1 + dayNumber)).toISOString().slice(0, 10);
}

/** A time in the first half of 2026. */
function moment(fraction: number): string {
  const at = Date.UTC(2026, 0, 5, 8) + Math.floor(fraction * 15_000_000) * 1000;
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}
