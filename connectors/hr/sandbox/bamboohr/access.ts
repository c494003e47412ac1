import { forbidden } from "./bamboo-error.ts";
import { FIELDS, permissionOf } from "./fields.ts";

export interface AccessOptions {
  /** Fields that the key does not see, by their names in a report, such as `department`: its id is hidden with it. */
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

  /** Whether the value of that name is hidden, which the permission of another field may decide. */
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
