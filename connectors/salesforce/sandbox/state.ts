/** A record of an object, with its id of 18 characters. */
export interface Row {
  Id: string;
  [field: string]: unknown;
}

export interface SalesforceState {
  /** Rows by object, in the order of their ids. */
  rows: Record<string, Row[]>;
  /** Usernames taken in other orgs: a username is unique in all of Salesforce. */
  takenElsewhere: string[];
  nextNumber: number;
}
