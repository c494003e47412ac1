const OPENING = /\bsql(?:<[^`]*?>)?`/g;

/** The texts of the sql`` templates of a source, without the contents of their `${}`. */
export function* sqlTemplates(source: string): Generator<string> {
  for (const { index, 0: opening } of source.matchAll(OPENING)) yield templateText(source, index + opening.length).text;
}

/** The text from the position after an opening backtick to its closing one, and the position after that. */
function templateText(source: string, start: number): { text: string; end: number } {
  let text = "";
  for (let at = start; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "`") return { text, end: at + 1 };
    else if (source.startsWith("${", at)) {
      at = afterBraces(source, at + 2) - 1;
      text += " ";
    } else text += source[at];
  }
  throw new Error("a template does not end");
}

function afterBraces(source: string, start: number): number {
  for (let at = start, depth = 1; at < source.length; at++) {
    if (source[at] === "{") depth++;
    if (source[at] === "}" && --depth === 0) return at + 1;
    if (source[at] === "`") at = templateText(source, at + 1).end - 1;
  }
  throw new Error("an expression in a template does not end");
}
