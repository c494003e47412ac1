import { forbidden } from "./bamboo-error.ts";
import { FIELDS, permissionOf } from "./fields.ts";

export interface AccessOptions {
  /** Hidden fields by their names in a report, such as `department`; the id is hidden as well. */
  hiddenFields?: readonly string[];
  /** Ids of hidden employees. */
  hiddenEmployeeIds?: readonly number[];
  mayWrite?: boolean;
  maySeeLists?: boolean;
  maySeeUsers?: boolean;
  isDirectoryShared?: boolean;
}

/** The key's access level; may change at any time, as by an administrator. */
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
    for (const name of hiddenFields)
      if (!FIELDS.has(name) || permissionOf(name) !== name)
        throw new RangeError(
          `The sandbox can't hide "${name}": name the field that has the permission, like department.`,
        );
    this.hiddenFields = new Set(hiddenFields);
    this.hiddenEmployeeIds = new Set(hiddenEmployeeIds);
    this.mayWrite = mayWrite;
    this.maySeeLists = maySeeLists;
    this.maySeeUsers = maySeeUsers;
    this.isDirectoryShared = isDirectoryShared;
  }

  /** Whether a value is hidden; the permission of another field may decide. */
  hides(name: string): boolean {
    return this.hiddenFields.has(permissionOf(name));
  }

  maySee({ id }: { id: number }): boolean {
    return !this.hiddenEmployeeIds.has(id);
  }

  demandWrite(what: string): void {
    if (!this.mayWrite) throw forbidden(`You do not have permission to ${what}`);
  }
}
