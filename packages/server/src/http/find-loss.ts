/** What `JSON.parse` would alter without a word, and where. */
export interface Loss {
  path: (string | number)[];
  reason: string;
}

/** An object or a list that is open; `part` is the name or the index at which the text stands. */
interface Level {
  part: string | number;
  /** The names so far; absent in a list. */
  names?: Set<string>;
  isAtName: boolean;
}

const END_OF_NUMBER = /[^-+.\deE]/g;

/**
 * Finds a name that an object has twice, of which the last would count, and a number that JavaScript does not keep: one
 * beyond its range, with more digits than it holds, or a whole one beyond 2^53. The text is valid JSON.
 */
export function findLoss(text: string): Loss | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    const level = levels.at(-1);
    if (character === "{") levels.push({ part: "", names: new Set(), isAtName: true });
    else if (character === "[") levels.push({ part: 0, isAtName: false });
    else if (character === "}" || character === "]") levels.pop();
    else if (character === "," && level !== undefined) next(level);
    else if (character === '"') {
      const end = endOfString(text, at);
      if (level?.isAtName) {
        const name = JSON.parse(text.slice(at, end)) as string;
        if (level.names!.has(name)) return lossAt(levels.slice(0, -1), [name], "is there twice");
        level.names!.add(name);
        level.part = name;
        level.isAtName = false;
      }
      at = end - 1;
    } else if (character === "-" || (character >= "0" && character <= "9")) {
      const number = text.slice(at, endOfNumber(text, at));
      if (!isExact(number))
        return lossAt(levels, [], `the number ${shorten(number)} can't be kept exactly; push a text`);
      at += number.length - 1;
    }
  }
  return undefined;
}

function next(level: Level): void {
  if (typeof level.part === "number") level.part++;
  else level.isAtName = true;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  END_OF_NUMBER.lastIndex = start;
  return END_OF_NUMBER.exec(text)?.index ?? text.length;
}

/** Whether a number of JSON comes back as the same number. */
function isExact(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(number)) return Number.isSafeInteger(value);
  return toDecimal(number) === toDecimal(String(value));
}

/** `-0.1200` as `-12e-2`: the same text for the same number. */
function toDecimal(number: string): string {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + fraction;
  let [first, end] = [0, digits.length];
  while (digits[first] === "0") first++;
  if (first === end) return "0";
  while (digits[end - 1] === "0") end--;
  const power = Number(exponent) - fraction.length + digits.length - end;
  return `${number.startsWith("-") ? "-" : ""}${digits.slice(first, end)}e${power}`;
}

function lossAt(levels: readonly Level[], last: string[], reason: string): Loss {
  return { path: [...levels.map(({ part }) => part), ...last], reason };
}

const MOST_SHOWN = 40;

function shorten(number: string): string {
  return number.length > MOST_SHOWN ? `${number.slice(0, MOST_SHOWN)}…` : number;
}
