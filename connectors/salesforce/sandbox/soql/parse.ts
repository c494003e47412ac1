import { NotOffered } from "@bridgekit/sandbox";
import { malformedQuery } from "../salesforce-error.ts";
import type { Condition, Literal, Operator, Query } from "./query.ts";
import { toTokens, type Token } from "./tokens.ts";

const OPERATORS: Readonly<Record<string, Operator>> = {
  "=": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

// Unsupported clauses of SOQL after the object.
const CLAUSES = new Set(["group", "having", "with", "using", "for", "update", "all"]);

/** Parses a query. Throws MALFORMED_QUERY for invalid SOQL and NotOffered for unsupported parts. */
export function parseQuery(soql: string): Query {
  return new Parser(toTokens(soql)).query();
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    this.#expectWord("select");
    const isCount = this.#isNextWord("count");
    const fields = isCount ? this.#count() : this.#list(() => this.#name("field"));
    this.#expectWord("from");
    const object = this.#name("object");
    const where = this.#takeWord("where") ? this.#or() : undefined;
    const orderBy = this.#takeWord("order") ? this.#orderBy() : [];
    const limit = this.#takeWord("limit") ? this.#wholeNumber("LIMIT") : Infinity;
    const offset = this.#takeWord("offset") ? this.#wholeNumber("OFFSET") : 0;
    const next = this.#peek();
    if (next.kind === "word" && CLAUSES.has(next.value.toLowerCase()))
      throw new NotOffered(`${next.value.toUpperCase()} in a query`);
    if (next.kind !== "end") throw this.#unexpected("the end of the query");
    return { object, fields, isCount, where, orderBy, limit, offset };
  }

  #count(): string[] {
    this.#next();
    this.#expectSign("(");
    this.#expectSign(")");
    return [];
  }

  #orderBy(): Query["orderBy"] {
    this.#expectWord("by");
    return this.#list(() => {
      const path = this.#name("field");
      const isDescending = this.#takeWord("desc");
      if (!isDescending) this.#takeWord("asc");
      if (!this.#takeWord("nulls")) return { path, isDescending, areNullsLast: false };
      const areNullsLast = this.#takeWord("last");
      if (!areNullsLast) this.#expectWord("first");
      return { path, isDescending, areNullsLast };
    });
  }

  #or(): Condition {
    return this.#joined("or", () => this.#joined("and", () => this.#unit()));
  }

  #joined(kind: "and" | "or", read: () => Condition): Condition {
    const parts = [read()];
    while (this.#takeWord(kind)) parts.push(read());
    // As in Salesforce, mixing them requires parentheses.
    if (kind === "and" && parts.length > 1 && this.#isNextWord("or")) throw this.#unexpected("parentheses around AND");
    return parts.length === 1 ? parts[0]! : { kind, parts };
  }

  #unit(): Condition {
    if (this.#takeWord("not")) return { kind: "not", part: this.#unit() };
    if (this.#takeSign("(")) {
      const inner = this.#or();
      this.#expectSign(")");
      return inner;
    }
    const path = this.#name("field");
    if (this.#takeWord("like")) return { kind: "compare", path, operator: "like", values: [this.#literal()] };
    if (this.#takeWord("in")) return { kind: "compare", path, operator: "in", values: this.#values() };
    if (this.#takeWord("not")) {
      this.#expectWord("in");
      return { kind: "compare", path, operator: "not in", values: this.#values() };
    }
    const sign = this.#next();
    const operator = sign.kind === "sign" ? OPERATORS[sign.value] : undefined;
    if (!operator) throw this.#unexpected("an operator", sign);
    return { kind: "compare", path, operator, values: [this.#literal()] };
  }

  #values(): Literal[] {
    this.#expectSign("(");
    if (this.#isNextWord("select")) throw new NotOffered("A query within a query");
    const values = this.#list(() => this.#literal());
    this.#expectSign(")");
    return values;
  }

  #literal(): Literal {
    const token = this.#next();
    if (token.kind === "text") return token.value;
    if (token.kind === "number") return Number(token.value);
    if (token.kind === "date") return new Date(token.value);
    const word = token.kind === "word" ? token.value.toLowerCase() : "";
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    throw this.#unexpected("a value", token);
  }

  #wholeNumber(what: string): number {
    const token = this.#next();
    if (token.kind !== "number" || !/^\d+$/.test(token.value)) throw this.#unexpected(`a number after ${what}`, token);
    return Number(token.value);
  }

  #list<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.#takeSign(",")) items.push(read());
    return items;
  }

  #name(what: string): string {
    if (this.#takeSign("(") && this.#isNextWord("select")) throw new NotOffered("A query within a query");
    const token = this.#next();
    if (token.kind !== "word") throw this.#unexpected(`a ${what}`, token);
    if (this.#peek().value === "(") throw new NotOffered(`The function ${token.value}() in a query`);
    return token.value;
  }

  #peek(): Token {
    return this.#tokens[this.#position]!;
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind !== "end") this.#position++;
    return token;
  }

  #isNextWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === "word" && token.value.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isNextWord(word)) return false;
    this.#position++;
    return true;
  }

  #takeSign(sign: string): boolean {
    const token = this.#peek();
    if (token.kind !== "sign" || token.value !== sign) return false;
    this.#position++;
    return true;
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word)) throw this.#unexpected(word.toUpperCase());
  }

  #expectSign(sign: string): void {
    if (!this.#takeSign(sign)) throw this.#unexpected(`'${sign}'`);
  }

  #unexpected(wanted: string, token: Token = this.#peek()): Error {
    return malformedQuery(`unexpected token: '${token.value}' at position ${token.at}, where ${wanted} was due`);
  }
}
