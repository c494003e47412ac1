import { toId18 } from "../src/salesforce-ids.ts";
import { withExternalIds, type ObjectDefinition } from "./object-definition.ts";
import { OBJECTS } from "./objects.ts";
import { NotOffered } from "@bridgekit/sandbox";
import { invalidType, isCustom, notFound, refused, SalesforceError } from "./salesforce-error.ts";
import type { Row, SalesforceState } from "./state.ts";

/** Names of custom fields that are external ids, such as `Badge__c`, by object. */
export type ExternalIds = Readonly<Record<string, readonly string[]>>;

/** An org with its rows. Ids of 15 and of 18 characters are the same. */
export class SalesforceOrg {
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly takenElsewhere: Set<string>;
  /** The number of password resets, by user. */
  readonly passwordResets = new Map<string, number>();
  readonly #passwords = new Map<string, string>();
  /** The time of deletion, by id. */
  readonly #deleted = new Map<string, string>();
  readonly #missing: ReadonlySet<string>;
  #nextNumber = 0;

  readonly #objects: ReadonlyMap<string, ObjectDefinition>;

  /** `missing` names objects that this org does not have; `externalIds` custom fields of others. */
  constructor(
    state: SalesforceState,
    { missing = [], externalIds = {} }: { missing?: readonly string[]; externalIds?: ExternalIds } = {},
  ) {
    this.#objects = new Map(
      [...OBJECTS].map(([key, object]) => [key, withExternalIds(object, externalIds[object.name] ?? [])]),
    );
    this.takenElsewhere = new Set(state.takenElsewhere.map((username) => username.toLowerCase()));
    this.#missing = new Set(missing.map((name) => name.toLowerCase()));
    this.restore(state);
  }

  /** Restores the rows of a snapshot. */
  restore(state: SalesforceState): void {
    const { rows, nextNumber } = structuredClone(state);
    for (const { name } of OBJECTS.values())
      this.#rows.set(name, new Map((rows[name] ?? []).map((row) => [row.Id, row])));
    this.#nextNumber = nextNumber;
  }

  snapshot(): SalesforceState {
    const rows = Object.fromEntries([...this.#rows].map(([name, table]) => [name, [...table.values()]]));
    return structuredClone({ rows, takenElsewhere: [...this.takenElsewhere], nextNumber: this.#nextNumber });
  }

  /** The objects of this org. */
  get definitions(): ObjectDefinition[] {
    return [...this.#objects.values()].filter(({ name }) => !this.#missing.has(name.toLowerCase()));
  }

  definition(name: string): ObjectDefinition {
    const definition = this.#objects.get(name.toLowerCase());
    if (this.#missing.has(name.toLowerCase()) || (!definition && isCustom(name))) throw invalidType(name);
    if (!definition) throw new NotOffered(`The object ${name}`);
    return definition;
  }

  /** Returns the rows of an object; used seats are counted on reading. */
  rows(name: string): Row[] {
    const rows = [...this.#table(name).values()];
    if (name === "UserLicense") for (const row of rows) row["UsedLicenses"] = this.usedUserLicenses(row.Id);
    if (name === "PermissionSetLicense") for (const row of rows) row["UsedLicenses"] = this.usedSetLicenses(row.Id);
    return rows;
  }

  find(name: string, id: unknown): Row | undefined {
    return typeof id === "string" ? this.#table(name).get(toId18(id)) : undefined;
  }

  /** Returns the row with an id; refuses malformed ids and ids of other objects as Salesforce does. */
  row({ name, keyPrefix }: ObjectDefinition, id: string): Row {
    const row = this.find(name, id);
    if (row) return row;
    if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id) || !id.startsWith(keyPrefix))
      throw new SalesforceError(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: Id");
    if (this.#deleted.has(toId18(id))) throw new SalesforceError(404, "ENTITY_IS_DELETED", "entity is deleted", []);
    throw notFound();
  }

  insert(name: string, fields: Readonly<Record<string, unknown>>): Row {
    const { keyPrefix } = OBJECTS.get(name.toLowerCase())!;
    const row: Row = { Id: toRowId(keyPrefix, this.#nextNumber++), ...fields };
    this.#table(name).set(row.Id, row);
    return row;
  }

  remove(name: string, row: Row): void {
    this.#table(name).delete(row.Id);
    this.#deleted.set(row.Id, now());
  }

  /** Deleted rows of an object with their times. */
  deletedRows({ keyPrefix }: ObjectDefinition): { id: string; deletedDate: string }[] {
    const rows = [...this.#deleted].map(([id, deletedDate]) => ({ id, deletedDate }));
    return rows.filter(({ id }) => id.startsWith(keyPrefix));
  }

  /** Active users whose profile has this license. */
  usedUserLicenses(licenseId: string): number {
    return this.#table("User")
      .values()
      .filter((user) => user["IsActive"] === true && this.licenseOf(user["ProfileId"]) === licenseId)
      .reduce((sum) => sum + 1, 0);
  }

  usedSetLicenses(licenseId: string): number {
    return this.#table("PermissionSetLicenseAssign")
      .values()
      .filter((row) => row["PermissionSetLicenseId"] === licenseId)
      .reduce((sum) => sum + 1, 0);
  }

  licenseOf(profileId: unknown): string | undefined {
    return this.find("Profile", profileId)?.["UserLicenseId"] as string | undefined;
  }

  setPassword(user: Row, password: string): void {
    if (password.length < 8) throw refused("INVALID_NEW_PASSWORD", "Your password must be at least 8 characters long.");
    this.#passwords.set(user.Id, password);
    user["LastPasswordChangeDate"] = now();
  }

  /** Generates a new password; a real org also mails it. */
  resetPassword(user: Row): string {
    const count = (this.passwordResets.get(user.Id) ?? 0) + 1;
    this.passwordResets.set(user.Id, count);
    const password = `new-pass-${this.#nextNumber++}`;
    this.#passwords.set(user.Id, password);
    return password;
  }

  isPassword(user: Row, password: string | undefined): boolean {
    return password !== undefined && this.#passwords.get(user.Id) === password;
  }

  isFrozen(userId: string): boolean {
    return this.loginOf(userId)?.["IsFrozen"] === true;
  }

  loginOf(userId: string): Row | undefined {
    return this.#table("UserLogin")
      .values()
      .find((row) => row["UserId"] === userId);
  }

  userNamed(username: string): Row | undefined {
    const wanted = username.toLowerCase();
    return this.#table("User")
      .values()
      .find((user) => String(user["Username"]).toLowerCase() === wanted);
  }

  #table(name: string): Map<string, Row> {
    return this.#rows.get(name)!;
  }
}

/** Returns an id of 18 characters, ordered by number. */
export function toRowId(keyPrefix: string, number: number): string {
  return toId18(`${keyPrefix}gR0${number.toString(36).toUpperCase().padStart(9, "0")}`);
}

/** Formats a time as Salesforce does. */
export function now(): string {
  return new Date().toISOString().replace("Z", "+0000");
}
