import { malformedQuery } from "../salesforce-error.ts";

export interface Token {
  kind: "word" | "text" | "number" | "date" | "sign" | "end";
  /** As written; for a text, its value. */
  value: string;
  at: number;
}

const PATTERN =
  /\s+|(?<date>\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w.]*)|'(?<text>(?:[^'\\]|\\.)*)'|(?<sign><=|>=|!=|<>|[=<>(),])/gsuy;

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

export function toTokens(soql: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of soql.matchAll(PATTERN)) {
    end = match.index + match[0].length;
    const { date, number, word, text, sign } = match.groups!;
    const at = match.index;
    if (date !== undefined) tokens.push({ kind: "date", value: date, at });
    else if (number !== undefined) tokens.push({ kind: "number", value: number, at });
    else if (word !== undefined) tokens.push({ kind: "word", value: word, at });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign, at });
    else if (text !== undefined) tokens.push({ kind: "text", value: unescape(text), at });
  }
  if (end < soql.length) throw malformedQuery(`unexpected token: '${soql.slice(end, end + 20)}' at position ${end}`);
  return [...tokens, { kind: "end", value: "<EOF>", at: soql.length }];
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gsu, (_, letter: string) => ESCAPES[letter] ?? letter);
}
