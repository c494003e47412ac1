export type Literal = string | number | boolean | null | Date;

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "like" | "in" | "not in";

export type Condition =
  | { kind: "and" | "or"; parts: readonly Condition[] }
  | { kind: "not"; part: Condition }
  | { kind: "compare"; path: string; operator: Operator; values: readonly Literal[] };

/** The supported part of SOQL: one object, no aggregates except COUNT(), no subqueries. */
export interface Query {
  object: string;
  /** Paths such as `Profile.Name`; empty for `COUNT()`. */
  fields: readonly string[];
  isCount: boolean;
  where: Condition | undefined;
  orderBy: readonly { path: string; isDescending: boolean; areNullsLast: boolean }[];
  limit: number;
  offset: number;
}
