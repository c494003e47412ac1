import type { BambooCompany, JobFields, PersonFields } from "./bamboo-company.ts";
import type { BambooError } from "./bamboo-error.ts";
import type { ListName } from "./state.ts";

export interface Written {
  person: Partial<PersonFields>;
  job: Partial<JobFields>;
  /** An option; absent if not written. */
  employmentStatus?: number | null;
}

/** Makes the error for an invalid value: 409 for an employee, 406 for a row. */
export type Refuse = (message: string) => BambooError;

const TEXTS = new Set([
  "firstName",
  "lastName",
  "middleName",
  "preferredName",
  "workEmail",
  "homeEmail",
  "workPhone",
  "mobilePhone",
]);

/** Validates a client's values and assigns them to fields and tables. */
export function readWritten(company: BambooCompany, body: Record<string, unknown>, refuse: Refuse): Written {
  const written: Written = { person: {}, job: {} };
  for (const [name, value] of Object.entries(body)) {
    if (TEXTS.has(name)) Object.assign(written.person, { [name]: readText(name, value, refuse) });
    else
      switch (name) {
        case "hireDate":
          written.person.hireDate = readDate(name, value, refuse);
          break;
        case "status":
          if (value !== "Active" && value !== "Inactive") throw invalid(name, value, refuse);
          written.person.status = value;
          break;
        case "jobTitle":
        case "department":
        case "division":
        case "location":
          written.job[name] = readOption(company, name, value, refuse);
          break;
        case "reportsTo":
        case "supervisor":
          written.job.reportsTo = readSupervisor(company, name, value, refuse);
          break;
        case "employmentStatus":
        case "employmentHistoryStatus":
          written.employmentStatus = readOption(company, "employmentHistoryStatus", value, refuse);
          break;
        default:
          // Stricter than BambooHR, to show a client's misspelt fields.
          throw refuse(`The field "${name}" is not known`);
      }
  }
  return written;
}

/** Reads a day; undefined if empty. */
export function readDate(name: string, value: unknown, refuse: Refuse): string | null {
  const text = readText(name, value, refuse);
  if (text === null || text === "0000-00-00") return null;
  // Date turns an impossible day, such as 31 June, into another one.
  const at = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw invalid(name, value, refuse);
  return text;
}

export function readText(name: string, value: unknown, refuse: Refuse): string | null {
  if (value === null || value === "") return null;
  if (typeof value !== "string") throw invalid(name, value, refuse);
  return value;
}

function readOption(company: BambooCompany, list: ListName, value: unknown, refuse: Refuse): number | null {
  const name = readText(list, value, refuse);
  if (name === null) return null;
  const option = company.optionNamed(list, name);
  if (!option) throw invalid(list, value, refuse);
  return option.id;
}

/** Finds an option by its full name; ids are not accepted. */
function readSupervisor(company: BambooCompany, name: string, value: unknown, refuse: Refuse): number | null {
  const fullName = readText(name, value, refuse);
  if (fullName === null) return null;
  const found = company.employees.values().find((one) => `${one.firstName} ${one.lastName}` === fullName);
  if (!found) throw invalid(name, value, refuse);
  return found.id;
}

function invalid(name: string, value: unknown, refuse: Refuse): BambooError {
  return refuse(`Invalid value ${JSON.stringify(value)} for field "${name}"`);
}
