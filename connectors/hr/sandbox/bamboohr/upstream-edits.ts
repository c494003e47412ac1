import type { BambooCompany, JobFields, PersonFields } from "./bamboo-company.ts";
import { TERMINATED } from "./employee-view.ts";
import type { ListName } from "./state.ts";

export interface NewHire extends Partial<PersonFields> {
  firstName: string;
  lastName: string;
  /** Names of options; missing ones are added to the list. */
  department?: string;
  division?: string;
  location?: string;
  jobTitle?: string;
  /** "Full-Time" by default. */
  employmentStatus?: string;
}

/** Changes that people make on BambooHR's own pages: without key, permissions and log. */
export interface UpstreamEdits {
  /** Hires somebody today or on the given date. Returns the id. */
  hire(person: NewHire): number;
  /** Adds a row "Terminated", today by default. */
  terminate(employeeId: number, date?: string): void;
  /** Adds a row "Full-Time", today by default, which also ends a termination. */
  employ(employeeId: number, date?: string, employmentStatus?: string): void;
  /** Adds a row to the jobs, today by default; missing options are added to the list. */
  move(employeeId: number, to: { department?: string; division?: string; location?: string }, date?: string): void;
  /** Changes an employee's own fields. */
  update(employeeId: number, fields: Partial<PersonFields>): void;
  /** Deletes an employee; only an entry in the list of changes remains. */
  remove(employeeId: number): void;
  renameOption(list: ListName, from: string, to: string): void;
  archiveOption(list: ListName, name: string): void;
  setUserStatus(userId: number, status: "enabled" | "disabled"): void;
}

export function createUpstreamEdits(company: BambooCompany): UpstreamEdits {
  function optionId(list: ListName, name: string): number {
    return (company.optionNamed(list, name) ?? company.addOption(list, name)).id;
  }

  function option(list: ListName, name: string) {
    const found = company.optionNamed(list, name);
    if (!found) throw new RangeError(`The sandbox has no ${list} "${name}"; add one by hiring somebody into it.`);
    return found;
  }

  function toJob(names: Partial<Record<"department" | "division" | "location" | "jobTitle", string>>) {
    const job: Partial<JobFields> = {};
    for (const list of ["department", "division", "location", "jobTitle"] as const)
      if (names[list] !== undefined) job[list] = optionId(list, names[list]);
    return job;
  }

  return {
    hire({ department, division, location, jobTitle, employmentStatus = "Full-Time", ...person }) {
      const names = { department, division, location, jobTitle };
      const hireDate = person.hireDate ?? company.today();
      const { id } = company.addEmployee({ ...person, hireDate });
      company.addJobInfo(id, hireDate, toJob(names));
      company.addEmploymentStatus(id, hireDate, optionId("employmentHistoryStatus", employmentStatus));
      return id;
    },
    terminate: (id, date = company.today()) =>
      company.addEmploymentStatus(id, date, optionId("employmentHistoryStatus", TERMINATED)),
    employ: (id, date = company.today(), employmentStatus = "Full-Time") =>
      company.addEmploymentStatus(id, date, optionId("employmentHistoryStatus", employmentStatus)),
    move(id, to, date = company.today()) {
      company.addJobInfo(id, date, { ...company.jobInfo.rowOf(id, date), ...toJob(to) });
    },
    update: (id, fields) => company.updateEmployee(id, fields),
    remove: (id) => company.deleteEmployee(id),
    renameOption(list, from, to) {
      option(list, from).name = to;
    },
    archiveOption(list, name) {
      option(list, name).isArchived = true;
    },
    setUserStatus(userId, status) {
      const user = company.users.find(({ id }) => id === userId);
      if (!user) throw new RangeError(`The sandbox has no user ${userId} to change.`);
      user.status = status;
    },
  };
}
