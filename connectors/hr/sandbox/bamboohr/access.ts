import { forbidden } from "./bamboo-error.ts";

export interface AccessOptions {
  /** Fields that the key does not see, by the names that a report has for them: `department`, `workEmail`. */
  hiddenFields?: readonly string[];
  /** People whom the key does not see. */
  hiddenEmployeeIds?: readonly number[];
  mayWrite?: boolean;
  maySeeLists?: boolean;
  maySeeUsers?: boolean;
  isDirectoryShared?: boolean;
}

/** What the key's access level allows; may be changed at any time, as an administrator does. */
export class Access {
  readonly hiddenFields: Set<string>;
  readonly hiddenEmployeeIds: Set<number>;
  mayWrite: boolean;
  maySeeLists: boolean;
  maySeeUsers: boolean;
  isDirectoryShared: boolean;

  constructor({
    hiddenFields = [],
    hiddenEmployeeIds = [],
    mayWrite = true,
    maySeeLists = true,
    maySeeUsers = true,
    isDirectoryShared = true,
  }: AccessOptions) {
    this.hiddenFields = new Set(hiddenFields);
    this.hiddenEmployeeIds = new Set(hiddenEmployeeIds);
    this.mayWrite = mayWrite;
    this.maySeeLists = maySeeLists;
    this.maySeeUsers = maySeeUsers;
    this.isDirectoryShared = isDirectoryShared;
  }

  maySee({ id }: { id: number }): boolean {
    return !this.hiddenEmployeeIds.has(id);
  }

  demandWrite(what: string): void {
    if (!this.mayWrite) throw forbidden(`You do not have permission to ${what}`);
  }
}
